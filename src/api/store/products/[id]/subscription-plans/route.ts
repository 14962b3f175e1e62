import type {
  MedusaResponse,
  MedusaStoreRequest,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import type { StoreSubscriptionPlanListResponse } from "../../../../../types/plans"
import { readPlanOffers } from "../../../../../workflows/plans/read-plan-offers"
import { pathId } from "../../../../_lib/path-id"
import type { ListOffersQuery } from "../../validators"

/**
 * `GET /store/products/:id/subscription-plans`: the plans that the product can be
 * bought under, with prices in a region.
 */
export const GET = withPortalErrors(
  async (req: MedusaStoreRequest, res: MedusaResponse) => {
    const query = req.validatedQuery as ListOffersQuery
    const { limit, offset, ...region } = query
    const plans = await readPlanOffers(req.scope, {
      ...region,
      product_id: pathId(req),
      customer_id: req.auth_context?.actor_id || undefined,
      sales_channel_ids: req.publishable_key_context.sales_channel_ids,
    })
    // The bound on a product's plans is small, so a page is cut here: which plan
    // is offered is known only once it is priced.
    res.json({
      subscription_plans: plans.slice(offset, offset + limit),
      count: plans.length,
      limit,
      offset,
    } satisfies StoreSubscriptionPlanListResponse)
  }
)
