import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { flowOf } from "../../modules/portal-session/queries/session-row"
import type { Tenant } from "../../types/tenant"
import { countAgainstLimits } from "../limits/enforce-limits"
import { findRow, requireCustomer, verifiedClaims } from "./exchange-link"
import { mailPortalLink } from "./mail-link"
import { portalOptions, portalSessions } from "./services"

/**
 * Mails a fresh link in place of one that has expired, to the address on file and
 * to no other: whoever holds the old mail gets nothing that the mailbox does not.
 * Beyond the limit of mails nothing is sent, and nobody is told.
 *
 * @returns seconds that the fresh link will live
 * @throws `portal_link_invalid` (401) for what is no link of ours;
 * `portal_link_expired` (410) where it is too late, or the link never could
 */
export async function recoverLink(
  container: MedusaContainer,
  input: { token: unknown; tenant: Tenant }
): Promise<number> {
  const { tenant } = input
  const claims = await verifiedClaims(container, input)
  const row = await findRow(container, claims)
  const customer = await requireCustomer(container, row.customer_id)
  if (!row.is_expired || !row.is_recoverable) {
    throw portalError("portal_link_expired", {
      details: { recoverable: false },
    })
  }
  const { sessions } = portalOptions(container)
  const key = customer.email.toLowerCase()
  const { allowed } = await countAgainstLimits(container, [
    { limit: "loginPerEmail", key },
    { limit: "loginPerEmailDaily", key },
  ])
  if (allowed) {
    const { not_sent } = await mailPortalLink(container, {
      tenant,
      customer_id: row.customer_id,
      email: customer.email,
      is_renewal: true,
      created_via: "recovery",
      flow: flowOf(row),
      scopes: row.scopes,
      return_url: row.return_url,
      after_completion: row.after_completion,
      session_seconds: row.session_seconds,
      locale: row.locale,
      reference: row.reference,
      replaces_mail_links: true,
    })
    if (!not_sent) {
      await portalSessions(container).recordEvent({
        type: "recovered",
        tenant_id: tenant.id,
        customer_id: row.customer_id,
        session_id: row.id,
      })
    }
  }
  return sessions.linkSeconds
}
