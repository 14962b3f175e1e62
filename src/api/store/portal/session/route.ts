import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import type { PortalSessionResponse } from "../../../../types/portal-session-http"
import { endSession } from "../../../../workflows/portal-sessions/session-actions"
import type { PortalRequest } from "../../../_lib/portal-guard"

/** `GET /store/portal/session`: who is signed in, where, and for what. */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const { tenant, customer, customer_id, session, scopes } = req.portal
    res.json({
      portal_session: {
        id: session?.id ?? null,
        customer_id,
        tenant_id: tenant.id,
        scopes,
        flow: session?.flow ?? null,
        return_url: session?.return_url ?? null,
        after_completion: session?.after_completion ?? null,
        locale: session?.locale ?? null,
        mfa_state: session?.mfa_state ?? "none",
        is_impersonation: Boolean(session?.impersonator_id),
        expires_at: session?.expires_at ?? null,
        idle_expires_at: session?.idle_expires_at ?? null,
      },
      customer: { id: customer_id, ...customer },
      tenant: {
        id: tenant.id,
        branding: tenant.branding,
        locale: tenant.locale,
      },
    } satisfies PortalSessionResponse)
  }
)

/**
 * `DELETE /store/portal/session`: signs out. A login of Medusa's own ends with
 * `DELETE /auth/session`.
 */
export const DELETE = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const { tenant, customer_id, session } = req.portal
    if (session) {
      await endSession(req.scope, {
        tenant,
        customer_id,
        session_id: session.id,
      })
    }
    res.setHeader("Clear-Site-Data", '"cache", "storage"')
    res.json({ id: session?.id ?? null, ended: session !== null })
  }
)
