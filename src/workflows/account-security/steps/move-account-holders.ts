import type {
  IPaymentModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import type { EmailMove } from "./move-sign-in"

type Holder = {
  id: string
  provider_id: string
  external_id: string
  email: string | null
  data: Record<string, unknown>
}

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

/** Tells the payment providers the customer's other address. */
export const moveAccountHoldersStep = createStep(
  "move-account-holders",
  async ({ customer_id, email }: EmailMove, { container }) => {
    const customer = await loadHolders(container, customer_id)
    const moved: Moved[] = []
    try {
      for (const holder of customer?.account_holders ?? []) {
        if (customer && holder) {
          // Before the call: one that fails half-way is put back as well.
          moved.push({ holder, customer })
          await tellProvider(container, holder, customer, email)
        }
      }
    } catch (error) {
      // A step that throws is not compensated.
      await putBack(container, moved)
      throw error
    }
    return new StepResponse(undefined, moved)
  },
  async (moved, { container }) => {
    await putBack(container, moved ?? [])
  }
)

type Moved = { holder: Holder; customer: CustomerWithHolders }

/** Puts all back that can be: one provider that is gone must not keep the others. */
async function putBack(
  container: MedusaContainer,
  moved: Moved[]
): Promise<void> {
  await Promise.allSettled(
    moved.map(({ holder, customer }) =>
      tellProvider(container, holder, customer, holder.email)
    )
  )
}

async function loadHolders(
  container: MedusaContainer,
  customer_id: string
): Promise<CustomerWithHolders | undefined> {
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
  return data[0] as CustomerWithHolders | undefined
}

async function tellProvider(
  container: MedusaContainer,
  holder: Holder,
  customer: CustomerWithHolders,
  email: string | null
): Promise<void> {
  const payments = container.resolve<IPaymentModuleService & HolderUpdates>(
    Modules.PAYMENT
  )
  const { id, first_name, last_name, company_name, phone } = customer
  await payments.updateAccountHolder({
    id: holder.id,
    provider_id: holder.provider_id,
    context: {
      account_holder: { data: holder.data },
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
