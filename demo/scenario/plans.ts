import type {
  AdminSubscriptionPlan,
  AdminSubscriptionPlanListResponse,
  AdminSubscriptionPlanResponse,
} from "../../src/types/plans"
import { there } from "../checks"
import { get, post, type Stage } from "./stage"

export type Plans = {
  coffee: AdminSubscriptionPlan
  course: AdminSubscriptionPlan
}

const PATH = "/admin/subscription-plans"

/** The merchant says what can be subscribed to, with the admin API. */
export async function makePlans(stage: Stage): Promise<Plans> {
  const { story } = stage
  story.chapter("The merchant makes two plans")
  const coffee = await plan(stage, "COFFEE-250", {
    handle: "coffee-monthly",
    name: "Coffee every month",
    interval: "month",
    first_discount: { type: "percent", value: 10 },
    recurring_discount: { type: "percent", value: 5 },
  })
  const course = await plan(stage, "COURSE-EN", {
    handle: "course-monthly",
    name: "Brewing course",
    interval: "month",
    trial_days: 14,
  })
  story.table([
    [coffee.name, "10 % off the first delivery, 5 % off the later ones"],
    [
      course.name,
      "14 days free, then every month; a card is asked for at once",
    ],
  ])
  return { coffee, course }
}

/** A plan of an earlier run is used again. */
async function plan(
  stage: Stage,
  sku: string,
  body: { handle: string } & Record<string, unknown>
): Promise<AdminSubscriptionPlan> {
  const { subscription_plans: known } =
    await get<AdminSubscriptionPlanListResponse>(stage.admin, PATH, {
      handle: body.handle,
      status: "active",
    })
  if (known[0]) {
    return known[0]
  }
  const product = there(sku, stage.seed.variants[sku]).productId
  const created = await post<AdminSubscriptionPlanResponse>(stage.admin, PATH, {
    ...body,
    targets: [{ product_id: product }],
  })
  return created.subscription_plan
}
