import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../errors/error-handler"
import { listAllSubscriptions } from "../../../workflows/subscription-reads/list-subscriptions"
import type { AdminListSubscriptionsQuery } from "./validators"

/** `GET /admin/subscriptions` */
export const GET = withPortalErrors(
  async (
    req: MedusaRequest<unknown, AdminListSubscriptionsQuery>,
    res: MedusaResponse
  ) => {
    const { limit, offset, order, ...filters } = req.validatedQuery
    res.json(
      await listAllSubscriptions(req.scope, {
        filters,
        page: { limit, offset, order },
      })
    )
  }
)
