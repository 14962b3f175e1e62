import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import {
  forbiddenChoices,
  isWanted,
  MAIL_CATEGORIES,
  MAIL_CATEGORY_NAMES,
  type CategoryChoices,
  type MailCategory,
} from "../../modules/portal-session/domain/preferences"
import type { PreferenceRow } from "../../modules/portal-session/queries/preferences"
import type { CommunicationPreferencesView } from "../../types/account-http"
import { portalSessions } from "../portal-sessions/services"

export {
  MAIL_CATEGORY_NAMES,
  type MailCategory,
} from "../../modules/portal-session/domain/preferences"

type Key = { customer_id: string; tenant_id: string }

/** What mails a customer wants of a tenant. */
export async function retrievePreferences(
  container: MedusaContainer,
  key: Key
): Promise<CommunicationPreferencesView> {
  return viewOf(await portalSessions(container).readPreferences(key))
}

/**
 * Changes what mails a customer wants; what is not named stays.
 *
 * @throws `preference_required` (400) with the categories
 */
export async function updatePreferences(
  container: MedusaContainer,
  input: Key & { locale?: string | null; categories?: CategoryChoices }
): Promise<CommunicationPreferencesView> {
  const { categories = {}, ...rest } = input
  const forbidden = forbiddenChoices(categories)
  if (forbidden.length) {
    throw portalError("preference_required", {
      details: { categories: forbidden },
    })
  }
  return viewOf(
    await portalSessions(container).writePreferences({ ...rest, categories })
  )
}

/**
 * Whether a customer may be sent a mail. Ask before each mail that is not an
 * answer to what they have just done.
 *
 * @example
 * if (await mayMail(container, { customer_id, tenant_id, category: "renewals" })) …
 */
export async function mayMail(
  container: MedusaContainer,
  input: Key & { category: MailCategory }
): Promise<boolean> {
  const { category, ...key } = input
  if (MAIL_CATEGORIES[category].required) {
    return true
  }
  const { categories } = await portalSessions(container).readPreferences(key)
  return isWanted(category, categories)
}

function viewOf({
  locale,
  categories,
}: PreferenceRow): CommunicationPreferencesView {
  return {
    locale,
    categories: MAIL_CATEGORY_NAMES.map((category) => ({
      category,
      channel: "email",
      enabled: isWanted(category, categories),
      required: MAIL_CATEGORIES[category].required,
    })),
  }
}
