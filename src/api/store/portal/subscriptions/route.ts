import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import { listCustomerSubscriptions } from "../../../../workflows/subscription-reads/list-subscriptions"
import { scopeOf } from "../../../../workflows/subscription-reads/reader"
import type { PortalRequest } from "../../../_lib/portal-guard"
import type { ListSubscriptionsQuery } from "./validators"

/** `GET /store/portal/subscriptions`: the customer's subscriptions. */
export const GET = withPortalErrors(
  async (
    req: PortalRequest<unknown, ListSubscriptionsQuery>,
    res: MedusaResponse
  ) => {
    const { limit, offset, order, ...filters } = req.validatedQuery
    res.json(
      await listCustomerSubscriptions(req.scope, scopeOf(req.portal), {
        filters,
        page: { limit, offset, order },
      })
    )
  }
)
