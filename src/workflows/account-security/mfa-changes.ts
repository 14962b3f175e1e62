import type { MedusaContainer } from "@medusajs/framework/types"
import { portalOptions, portalSessions } from "../portal-sessions/services"

/**
 * Ends every other sign-in once a second factor was switched on or off: what was
 * signed in before it was not asked for it. Medusa's own logins all end, the
 * caller's too; a portal session may stay.
 */
export async function afterMfaChange(
  container: MedusaContainer,
  input: { customer_id: string; keep_session_id?: string }
): Promise<void> {
  const { mfaHardening, revocation } = portalOptions(container).security
  if (mfaHardening && revocation) {
    await portalSessions(container).revokeCustomer({
      customer_id: input.customer_id,
      reason: "mfa_changed",
      tokens: true,
      except: input.keep_session_id,
    })
  }
}
