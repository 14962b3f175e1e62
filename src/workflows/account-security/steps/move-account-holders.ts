import type {
  IPaymentModuleService,
  Logger,
  MedusaContainer,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"
import { changesOf } from "../../payment-methods/set-default"
import {
  holderContext,
  type AccountHolder,
} from "../../payments/account-holder"
import { exclusively } from "../../payments/exclusively"
import type { EmailMove } from "./move-sign-in"

type Holder = AccountHolder & { email: string | null }

type CustomerWithHolders = {
  id: string
  first_name: string | null
  last_name: string | null
  company_name: string | null
  phone: string | null
  account_holders?: (Holder | null)[]
}

/** Core writes the address only when a holder is made; the module can all the same. */
type HolderUpdates = {
  updateAccountHolders(data: {
    id: string
    email: string | null
  }): Promise<unknown>
}

/** Ids of holders, with the address that each had before. */
type Moved = Map<string, string | null>

/**
 * Tells the payment providers the customer's other address.
 *
 * Medusa writes a holder as a whole, and its default payment method stands there,
 * too: so it waits for changes of the payment methods, and they for it.
 *
 * @throws `provider_unavailable` (409) where one does not take it;
 * `payment_method_busy` (409)
 */
export const moveAccountHoldersStep = createStep(
  "move-account-holders",
  async ({ customer_id, email }: EmailMove, { container }) => {
    const moved: Moved = new Map()
    await exclusively(container, changesOf(customer_id), async () => {
      const { customer, holders } = await loadHolders(container, customer_id)
      for (const holder of holders) {
        // Before the call: one that fails half-way is put back as well.
        moved.set(holder.id, holder.email)
        try {
          await tellProvider(container, { holder, customer }, email)
        } catch (cause) {
          log(container, holder, "did not take", cause)
          // A step that throws is not compensated.
          await putBack(container, customer_id, moved)
          throw portalError("provider_unavailable", {
            cause,
            details: { provider_id: holder.provider_id },
          })
        }
      }
    })
    return new StepResponse(undefined, { customer_id, moved: [...moved] })
  },
  async (done, { container }) => {
    if (done) {
      const { customer_id, moved } = done
      await exclusively(container, changesOf(customer_id), async () => {
        await putBack(container, customer_id, new Map(moved))
      })
    }
  }
)

/**
 * Puts all back that can be: one provider that is gone must not keep the others.
 * What such a one believes then is right again with the customer's next try.
 */
async function putBack(
  container: MedusaContainer,
  customer_id: string,
  moved: Moved
): Promise<void> {
  const { customer, holders } = await loadHolders(container, customer_id)
  await Promise.all(
    holders.map(async (holder) => {
      const email = moved.get(holder.id)
      if (email === undefined) {
        return
      }
      try {
        await tellProvider(container, { holder, customer }, email)
      } catch (error) {
        log(container, holder, "may have kept", error)
      }
    })
  )
}

function log(
  container: MedusaContainer,
  { id, provider_id }: Holder,
  what: string,
  error: unknown
): void {
  const reason = error instanceof Error ? error.message : String(error)
  container
    .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    .warn(
      `The payment provider "${provider_id}" ${what} the new address of ${id}: ${reason}`
    )
}

async function loadHolders(
  container: MedusaContainer,
  customer_id: string
): Promise<{ customer: CustomerWithHolders; holders: Holder[] }> {
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "customer",
      fields: [
        "id",
        "first_name",
        "last_name",
        "company_name",
        "phone",
        "account_holders.*",
      ],
      filters: { id: customer_id },
    })
  const [customer] = data as CustomerWithHolders[]
  if (!customer) {
    throw portalError("not_found")
  }
  const holders = (customer.account_holders ?? []).filter((one) => one !== null)
  return { customer, holders }
}

async function tellProvider(
  container: MedusaContainer,
  { holder, customer }: { holder: Holder; customer: CustomerWithHolders },
  email: string | null
): Promise<void> {
  const payments = container.resolve<IPaymentModuleService & HolderUpdates>(
    Modules.PAYMENT
  )
  const { id, first_name, last_name, company_name, phone } = customer
  await payments.updateAccountHolder({
    id: holder.id,
    provider_id: holder.provider_id,
    // Medusa empties what is not said here.
    metadata: holder.metadata ?? undefined,
    context: {
      account_holder: holderContext(holder),
      ...(email !== null && {
        customer: {
          id,
          email,
          first_name: first_name ?? undefined,
          last_name: last_name ?? undefined,
          company_name: company_name ?? undefined,
          phone: phone ?? undefined,
        },
      }),
      idempotency_key: `${holder.id}:email:${email ?? ""}:${Date.now()}`,
    },
  })
  await payments.updateAccountHolders({ id: holder.id, email })
}
