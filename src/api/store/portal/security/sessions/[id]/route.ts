import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { revokeSignIn } from "../../../../../../workflows/account-security/devices"
import { revokeOne } from "../../../../../../workflows/portal-sessions/session-actions"
import { pathId } from "../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../_lib/portal-guard"

/** Of ids of Medusa's own sign-ins; others are portal sessions'. */
const DEVICE_PREFIX = "pdev_"

/** `DELETE /store/portal/security/sessions/:id`: signs one of them out, at once. */
export const DELETE = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const { tenant, customer_id } = req.portal
    const id = pathId(req)
    if (id.startsWith(DEVICE_PREFIX)) {
      await revokeSignIn(req.scope, { id, customer_id })
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
