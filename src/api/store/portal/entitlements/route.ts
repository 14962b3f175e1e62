import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import { listCustomerEntitlements } from "../../../../workflows/memberships/list-entitlements"
import { scopeOf } from "../../../../workflows/subscription-reads/reader"
import type { PortalRequest } from "../../../_lib/portal-guard"

/** `GET /store/portal/entitlements`: what the customer may use now. */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const scope = scopeOf(req.portal)
    res.json({
      entitlements: await listCustomerEntitlements(req.scope, scope),
    })
  }
)
