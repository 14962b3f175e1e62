import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import { securityView } from "../../../../workflows/account-security/security-view"
import type { PortalRequest } from "../../../_lib/portal-guard"

/** `GET /store/portal/security`: how the customer signs in. */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const { customer_id, customer } = req.portal
    res.json({
      security: await securityView(req.scope, { customer_id, ...customer }),
    })
  }
)
