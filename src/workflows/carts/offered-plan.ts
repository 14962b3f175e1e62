import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type { SubscriptionPlanDTO } from "../../types/subscription"

/** Plans with what they are offered for, by id. One statement. */
export async function loadPlans(
  container: MedusaContainer,
  ids: readonly string[]
): Promise<Map<string, SubscriptionPlanDTO>> {
  if (!ids.length) {
    return new Map()
  }
  const service =
    container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  const plans = (await service.listPortalSubscriptionPlans(
    { id: [...new Set(ids)] },
    { relations: ["targets"] }
  )) as unknown as SubscriptionPlanDTO[]
  return new Map(plans.map((plan) => [plan.id, plan]))
}

/** What a plan is, or is not, offered for. */
export type OfferedThing = { product_id: string; variant_id: string }

/** Whether a plan is offered for a variant, archived or not. */
export function isOfferedFor(
  plan: SubscriptionPlanDTO,
  { product_id, variant_id }: OfferedThing
): boolean {
  return (plan.targets ?? []).some(
    (target) =>
      target.product_id === product_id &&
      (target.variant_id === null || target.variant_id === variant_id)
  )
}

/**
 * The plan, where it can be bought for the variant today. A plan that does not
 * exist is one that is not offered: the answer does not tell them apart.
 *
 * @throws `plan_not_offered`, `plan_archived`
 */
export function requireOffered(
  plan: SubscriptionPlanDTO | undefined,
  thing: OfferedThing
): SubscriptionPlanDTO {
  if (!plan || !isOfferedFor(plan, thing)) {
    throw portalError("plan_not_offered")
  }
  if (plan.status !== "active") {
    throw portalError("plan_archived")
  }
  return plan
}
