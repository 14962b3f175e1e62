import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import type { AdminPortalSettingsResponse } from "../../../../types/portal-admin-http"
import { portalSettings } from "../../../../workflows/portal-sessions/settings"

/** `GET /admin/portal/settings`: what the plugin's options come to. */
export const GET = withPortalErrors(
  async (req: AuthenticatedMedusaRequest, res: MedusaResponse) => {
    const settings = await portalSettings(req.scope)
    res.json({ settings } satisfies AdminPortalSettingsResponse)
  }
)
