import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { withPortalErrors } from "../../../errors/error-handler"
import type {
  AdminSubscriptionPlan,
  AdminSubscriptionPlanListResponse,
  AdminSubscriptionPlanResponse,
} from "../../../types/plans"
import { createPlanWorkflow } from "../../../workflows/plans/create-plan"
import { loadPlan } from "./load-plan"
import { PLAN_FIELDS } from "./query-config"
import type { CreatePlanBody, ListPlansQuery } from "./validators"

/** `GET /admin/subscription-plans`: archived plans too, newest first. */
export const GET = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    const query = req.validatedQuery as ListPlansQuery
    const { limit, offset, order, product_id, ...filters } = query
    const { data, metadata } = await req.scope
      .resolve(ContainerRegistrationKeys.QUERY)
      .graph({
        entity: "portal_subscription_plan",
        fields: PLAN_FIELDS,
        filters: {
          ...filters,
          ...(product_id && { targets: { product_id } }),
        },
        pagination: { take: limit, skip: offset, order: orderBy(order) },
      })
    res.json({
      subscription_plans: data as unknown as AdminSubscriptionPlan[],
      count: metadata?.count ?? 0,
      limit,
      offset,
    } satisfies AdminSubscriptionPlanListResponse)
  }
)

/** `POST /admin/subscription-plans` */
export const POST = withPortalErrors(
  async (req: MedusaRequest<CreatePlanBody>, res: MedusaResponse) => {
    const { result } = await createPlanWorkflow(req.scope).run({
      input: req.validatedBody,
    })
    const subscription_plan = await loadPlan(req.scope, result)
    res.json({ subscription_plan } satisfies AdminSubscriptionPlanResponse)
  }
)

/** The id decides between equals, so that pages do not overlap. */
function orderBy(order: ListPlansQuery["order"]): Record<string, string> {
  const field = order.replace(/^-/, "")
  const direction = order.startsWith("-") ? "DESC" : "ASC"
  return { [field]: direction, id: direction }
}
