import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../errors/error-handler"
import { portalError } from "../../../errors/portal-error"
import { findPortalConfig } from "../../../workflows/tenants/portal-config"

/**
 * `GET /portal/config?tenant_id`: what a portal's pages need before anybody has
 * signed in: the publishable key, which is public, and the looks.
 */
export const GET = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    const { tenant_id } = req.query
    const portal = await findPortalConfig(
      req.scope,
      typeof tenant_id === "string" && tenant_id ? tenant_id : null
    )
    if (!portal) {
      throw portalError("not_found")
    }
    res.setHeader("Cache-Control", "no-store")
    res.json({ portal })
  }
)
