import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { portalError } from "../../../errors/portal-error"
import { SUBSCRIPTION_MODULE } from "../../../modules/subscription"
import type { AdminSubscriptionPlanDetail } from "../../../types/plans"
import { PLAN_DETAIL_FIELDS } from "./query-config"

/** What the routes read of the module. */
type PlanCounts = { countLiveSubscriptions(planId: string): Promise<number> }

/**
 * One plan as all routes of one plan answer it.
 *
 * @throws `not_found`
 */
export async function loadPlan(
  container: MedusaContainer,
  id: string
): Promise<AdminSubscriptionPlanDetail> {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const [{ data }, active_subscriptions] = await Promise.all([
    query.graph({
      entity: "portal_subscription_plan",
      fields: PLAN_DETAIL_FIELDS,
      filters: { id: [id] },
    }),
    container
      .resolve<PlanCounts>(SUBSCRIPTION_MODULE)
      .countLiveSubscriptions(id),
  ])
  const plan = data[0] as AdminSubscriptionPlanDetail | undefined
  if (!plan) {
    throw portalError("not_found", { message: "There is no such plan." })
  }
  return { ...plan, active_subscriptions }
}
