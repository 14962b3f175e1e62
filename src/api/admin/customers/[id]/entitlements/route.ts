import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { listEntitlementsOfCustomer } from "../../../../../workflows/memberships/list-entitlements"
import { pathId } from "../../../../_lib/path-id"

/** `GET /admin/customers/:id/entitlements`: what a customer may use now. */
export const GET = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    res.json({
      entitlements: await listEntitlementsOfCustomer(req.scope, pathId(req)),
    })
  }
)
