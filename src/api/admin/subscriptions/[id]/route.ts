import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import { retrieveSubscription } from "../../../../workflows/subscription-reads/retrieve-subscription"
import { pathId } from "../../../_lib/path-id"

/** `GET /admin/subscriptions/:id` */
export const GET = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    const subscription = await retrieveSubscription(req.scope, pathId(req))
    res.json({ subscription })
  }
)
