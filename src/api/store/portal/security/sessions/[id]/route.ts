import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import {
  isDeviceId,
  revokeDevice,
} from "../../../../../../workflows/account-security/devices"
import { revokeOne } from "../../../../../../workflows/portal-sessions/session-actions"
import { pathId } from "../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../_lib/portal-guard"

/** `DELETE /store/portal/security/sessions/:id`: signs one of them out, at once. */
export const DELETE = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const { tenant, customer_id } = req.portal
    const id = pathId(req)
    if (isDeviceId(id)) {
      await revokeDevice(req.scope, { id, customer_id })
    } else {
      await revokeOne(req.scope, {
        id,
        reason: "signed_out",
        tenant_id: tenant.id,
        customer_id,
      })
    }
    res.json({ id, revoked: true })
  }
)
