import type {
  AdminSubscriptionPlanDetail,
  AdminSubscriptionPlanResponse,
  StoreSubscriptionPlan,
  StoreSubscriptionPlanListResponse,
} from "../../src/types/plans"
import {
  adminClient,
  ok,
  type HttpClient,
  type PortalTestApp,
} from "../helpers"

export const PLANS = "/admin/subscription-plans"

/** What the specs of plans share; `admin` is signed in before each test. */
export function planSuite(app: PortalTestApp) {
  const sku = (name: string) => app.seed.variants[name]!
  const coffee = () => sku("COFFEE-250")
  const body = (values: Record<string, unknown> = {}) => ({
    handle: "coffee-monthly",
    name: "Coffee every month",
    interval: "month",
    targets: [{ product_id: coffee().productId }],
    ...values,
  })
  const suite = {
    admin: app.api,
    sku,
    coffee,
    body,
    region: (currency: string) => app.seed.regions[currency]!.id,

    async create(
      values: Record<string, unknown> = {}
    ): Promise<AdminSubscriptionPlanDetail> {
      return ok(
        await suite.admin.post<AdminSubscriptionPlanResponse>(
          PLANS,
          body(values)
        )
      ).subscription_plan
    },

    /** Writes a bare subscription of a plan. */
    async subscribe(planId: string, status = "active"): Promise<void> {
      await app.db(
        `insert into portal_subscription (id, status, customer_id, email,
           plan_id, currency_code, region_id, timezone, interval,
           interval_count, anchor_at, period_offset, origin_order_id, started_at)
         values (?, ?, 'cus_1', 'a@shop.test', ?, 'eur', 'reg_1', 'UTC',
           'month', 1, now(), 1, ?, now())`,
        [`sub_${planId}_${status}`, status, planId, `order_${status}`]
      )
    },

    /** All plans and targets as they stand, to compare with later. */
    tables: () =>
      app.db(
        `select (select jsonb_agg(p order by id) from portal_subscription_plan p)
           as plans,
         (select jsonb_agg(t order by id) from portal_subscription_plan_target t)
           as targets`
      ),

    async offers(
      query: string,
      client: HttpClient = app.store
    ): Promise<StoreSubscriptionPlan[]> {
      return ok(
        await client.get<StoreSubscriptionPlanListResponse>(
          `/store/products/${coffee().productId}/subscription-plans?${query}`
        )
      ).subscription_plans
    },
  }
  beforeEach(async () => {
    suite.admin = await adminClient(app)
  })
  return suite
}
