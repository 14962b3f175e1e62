import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  isPresent,
  Modules,
} from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"

/** A customer at a payment provider, as Medusa keeps it. */
export type AccountHolder = {
  /** Medusa's id, `acchld_…`. */
  id: string
  provider_id: string
  /** The provider's id (Stripe: `cus_…`). */
  external_id: string
  data: Record<string, unknown>
}

/** The account holders of a customer at one provider. */
export async function listAccountHolders(
  container: MedusaContainer,
  input: { customer_id: string; provider_id: string }
): Promise<AccountHolder[]> {
  const customer = await retrieveCustomer(container, input.customer_id)
  return holdersOf(customer, input.provider_id)
}

/**
 * The account holder of a customer at a provider, made and linked where there is
 * none, as core does it with a payment session. Two calls at once get the same
 * one at the provider: the key is the customer's id.
 *
 * @returns null where the provider knows no account holders
 */
export async function ensureAccountHolder(
  container: MedusaContainer,
  input: { customer_id: string; provider_id: string }
): Promise<AccountHolder | null> {
  const customer = await retrieveCustomer(container, input.customer_id)
  const existing = holdersOf(customer, input.provider_id)[0]
  if (existing) {
    return existing
  }
  const payments = container.resolve(Modules.PAYMENT)
  let created: unknown
  try {
    created = await payments.createAccountHolder({
      provider_id: input.provider_id,
      context: { customer },
    })
  } catch (error) {
    // Another call made it in the meantime.
    const other = await listAccountHolders(container, input)
    if (other[0]) {
      return other[0]
    }
    throw error
  }
  if (!isPresent(created)) {
    return null
  }
  const holder = created as AccountHolder
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.CUSTOMER]: { customer_id: input.customer_id },
    [Modules.PAYMENT]: { account_holder_id: holder.id },
  })
  return holder
}

type Customer = {
  id: string
  email: string
  account_holders?: (AccountHolder | null)[] | null
}

async function retrieveCustomer(
  container: MedusaContainer,
  id: string
): Promise<Customer> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = id
    ? await query.graph({
        entity: "customer",
        fields: [
          "id",
          "email",
          "first_name",
          "last_name",
          "company_name",
          "phone",
          "account_holders.*",
        ],
        filters: { id },
      })
    : { data: [] }
  const customer = (data as unknown as Customer[])[0]
  if (!customer) {
    throw portalError("customer_required")
  }
  return customer
}

function holdersOf(customer: Customer, providerId: string): AccountHolder[] {
  return (customer.account_holders ?? []).flatMap((holder) =>
    holder?.provider_id === providerId ? [holder] : []
  )
}
