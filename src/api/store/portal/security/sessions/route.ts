import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { signOutEverywhere } from "../../../../../workflows/account-security/sign-out-everywhere"
import { listSignIns } from "../../../../../workflows/portal-sessions/list-sign-ins"
import type { PortalRequest } from "../../../../_lib/portal-guard"

/** `GET /store/portal/security/sessions`: where the customer is signed in. */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const { tenant, customer_id, session } = req.portal
    const sessions = await listSignIns(req.scope, {
      tenant,
      customer_id,
      current_id: session?.id ?? null,
    })
    res.json({ sessions, count: sessions.length })
  }
)

/**
 * `DELETE /store/portal/security/sessions`: signs out everywhere else. A portal
 * session stays; of Medusa's own logins each ends, the caller's too. The customer
 * is told by mail.
 */
export const DELETE = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const { tenant, customer_id, session } = req.portal
    const revoked = await signOutEverywhere(req.scope, {
      tenant,
      customer_id,
      reason: "signed_out_everywhere",
      keep_session_id: session?.id,
    })
    res.json({ revoked })
  }
)
