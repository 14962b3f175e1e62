import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  generateEntityId,
  isPresent,
  Modules,
} from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { DEFAULT_TENANT_ID } from "../tenants/tenants"
import { exclusively } from "./exclusively"

/** A customer at a payment provider, as Medusa keeps it. */
export type AccountHolder = {
  /** Medusa's id, `acchld_…`. */
  id: string
  provider_id: string
  /** The provider's id (Stripe: `cus_…`). */
  external_id: string
  data: Record<string, unknown>
  metadata?: Record<string, unknown> | null
  created_at?: string | Date
}

type HolderInput = {
  customer_id: string
  provider_id: string
  /** The tenant that the customer is at. Default: the implicit one. */
  tenant_id?: string
}

/**
 * A customer's account holders at all providers, the oldest first: two
 * statements. Whose one is, is said by Medusa's link and by nothing else.
 */
export async function listAllAccountHolders(
  container: MedusaContainer,
  customerId: string
): Promise<AccountHolder[]> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = customerId
    ? await query.graph({
        entity: "customer_account_holder",
        fields: ["customer_id", "account_holder_id", "account_holder.*"],
        filters: { customer_id: customerId },
      })
    : { data: [] }
  type Link = { account_holder?: AccountHolder | AccountHolder[] | null }
  return (data as unknown as Link[])
    .flatMap(({ account_holder }) => account_holder ?? [])
    .sort(
      (a, b) =>
        Number(new Date(a.created_at ?? 0)) -
          Number(new Date(b.created_at ?? 0)) || (a.id < b.id ? -1 : 1)
    )
}

/** The account holders of a customer at one provider, the oldest first. */
export async function listAccountHolders(
  container: MedusaContainer,
  input: HolderInput
): Promise<AccountHolder[]> {
  const holders = await listAllAccountHolders(container, input.customer_id)
  return holders.filter(({ provider_id }) => provider_id === input.provider_id)
}

/**
 * The account holder of a customer at a provider, made and linked where there is
 * none, as core does it with a payment session. Calls at once get the same one:
 * one makes it, the others wait and find it.
 *
 * @returns null where the provider knows no account holders
 */
export async function ensureAccountHolder(
  container: MedusaContainer,
  input: HolderInput
): Promise<AccountHolder | null> {
  const [existing] = await listAccountHolders(container, input)
  if (existing) {
    return existing
  }
  const key = `holder:${input.provider_id}:${input.customer_id}`
  return await exclusively(container, key, async () => {
    const [other] = await listAccountHolders(container, input)
    return other ?? (await createAccountHolder(container, input))
  })
}

async function createAccountHolder(
  container: MedusaContainer,
  input: HolderInput
): Promise<AccountHolder | null> {
  const { customer_id, provider_id, tenant_id = DEFAULT_TENANT_ID } = input
  const customer = await retrieveCustomer(container, customer_id)
  const payments = container.resolve(Modules.PAYMENT)
  const create = async (idempotency_key: string): Promise<unknown> =>
    await payments.createAccountHolder({
      provider_id,
      // Without a key, Medusa takes the customer's id: two providers at one
      // account of Stripe would share its customer, and so its cards.
      context: { customer, idempotency_key },
    })
  const key = `${tenant_id}:${provider_id}:${customer_id}`
  let created: unknown
  try {
    created = await create(key)
  } catch (error) {
    const [other] = await listAccountHolders(container, input)
    if (other) {
      return other
    }
    if (!isKeyUsedUp(error)) {
      throw error
    }
    // A holder without a link, left by a crash or by a customer who was deleted
    // and restored. Whose cards it has nobody can tell: never adopt it.
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .warn(
        `An account holder of ${provider_id} has no customer; a new one is made.`
      )
    created = await create(`${key}:${generateEntityId(undefined, "again")}`)
  }
  if (!isPresent(created)) {
    return null
  }
  const holder = created as AccountHolder
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.CUSTOMER]: { customer_id },
    [Modules.PAYMENT]: { account_holder_id: holder.id },
  })
  return holder
}

/**
 * Whether the key leads to a customer that is a holder already (Medusa's word for
 * its unique index), or was made with other words, such as an older address.
 */
function isKeyUsedUp(error: unknown): boolean {
  return (
    error instanceof Error &&
    (("type" in error && error.type === "duplicate_error") ||
      /already exists|idempotent/i.test(error.message))
  )
}

/**
 * An account holder as providers take it: Stripe's reads the customer's id from
 * `data`.
 */
export function holderContext(holder: AccountHolder): {
  data: Record<string, unknown>
} {
  return { data: { ...holder.data, id: holder.external_id } }
}

type Customer = { id: string; email: string }

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
