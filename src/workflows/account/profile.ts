import { updateCustomersWorkflow } from "@medusajs/medusa/core-flows"
import type { CustomerDTO, MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type { ProfileView } from "../../types/account-http"
import { portalSessions } from "../portal-sessions/services"

type Key = { customer_id: string; tenant_id: string }

/** What a customer may change of their own. */
export type ProfileChange = {
  first_name?: string | null
  last_name?: string | null
  company_name?: string | null
  phone?: string | null
  locale?: string | null
}

/**
 * A customer's own data.
 *
 * @throws `not_found`
 */
export async function retrieveProfile(
  container: MedusaContainer,
  key: Key
): Promise<ProfileView> {
  const [customer] = await container.resolve(Modules.CUSTOMER).listCustomers(
    { id: [key.customer_id] },
    {
      select: [
        "id",
        "email",
        "has_account",
        "first_name",
        "last_name",
        "company_name",
        "phone",
      ],
      take: 1,
    }
  )
  if (!customer) {
    throw portalError("not_found")
  }
  const [verified, { locale }] = await Promise.all([
    portalSessions(container).findVerifiedEmail(key.customer_id),
    portalSessions(container).readPreferences(key),
  ])
  return viewOf(customer, { verified, locale })
}

/**
 * Changes a customer's own data, through core's workflow, whose hooks and events
 * a store relies on. The address of mails is not part of it.
 */
export async function updateProfile(
  container: MedusaContainer,
  key: Key,
  { locale, ...change }: ProfileChange
): Promise<ProfileView> {
  if (Object.keys(change).length) {
    await updateCustomersWorkflow(container).run({
      input: { selector: { id: [key.customer_id] }, update: change },
    })
  }
  if (locale !== undefined) {
    await portalSessions(container).writePreferences({
      ...key,
      locale,
      categories: {},
    })
  }
  return await retrieveProfile(container, key)
}

/** Named one by one: metadata and whatever else is a merchant's stays theirs. */
function viewOf(
  customer: CustomerDTO,
  { verified, locale }: { verified: string | null; locale: string | null }
): ProfileView {
  return {
    id: customer.id,
    email: customer.email,
    is_email_verified: verified === customer.email.toLowerCase(),
    has_account: customer.has_account,
    first_name: customer.first_name ?? null,
    last_name: customer.last_name ?? null,
    company_name: customer.company_name ?? null,
    phone: customer.phone ?? null,
    locale,
  }
}
