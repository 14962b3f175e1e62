import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import {
  isDeviceId,
  revokeDevice,
} from "../../../../../../workflows/account-security/devices"
import { revokeOne } from "../../../../../../workflows/portal-sessions/session-actions"
import { pathId } from "../../../../../_lib/path-id"
import type { RevokeBody } from "../../validators"

/**
 * `POST /admin/portal/sessions/:id/revoke`: at once, also for requests under way.
 * The id may be one of the customer's own sign-ins to the storefront.
 */
export const POST = withPortalErrors(
  async (req: MedusaRequest<RevokeBody>, res: MedusaResponse) => {
    const id = pathId(req)
    if (isDeviceId(id)) {
      await revokeDevice(req.scope, { id })
    } else {
      await revokeOne(req.scope, { id, reason: req.validatedBody.reason })
    }
    res.json({ id, revoked: true })
  }
)
