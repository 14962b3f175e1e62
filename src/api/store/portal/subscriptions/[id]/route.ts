import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { scopeOf } from "../../../../../workflows/subscription-reads/reader"
import { retrieveCustomerSubscription } from "../../../../../workflows/subscription-reads/retrieve-subscription"
import { pathId } from "../../../../_lib/path-id"
import type { PortalRequest } from "../../../../_lib/portal-guard"

/** `GET /store/portal/subscriptions/:id` */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const subscription = await retrieveCustomerSubscription(
      req.scope,
      scopeOf(req.portal),
      pathId(req)
    )
    res.json({ subscription })
  }
)
