import {
  adminClient,
  makeSubscriptions,
  registerCustomer,
  runJob,
  setClock,
  type HttpClient,
  type SubscriptionFixture,
  type SubscriptionFixtureInput,
  type TestCustomer,
} from "../helpers"
import type { PortalTestApp } from "../helpers/app"
import { ALL_ACTIONS } from "../helpers/subscription-rows"
import type { SubscriptionPlanDTO } from "../../src/types"
import type {
  AdminSubscriptionActionResponse,
  SubscriptionActionResponse,
} from "../../src/types/subscription-actions-http"

type Body = Record<string, unknown>
export type Counts = { counts: Record<string, number> }
export type Cycle = {
  sequence: number
  period_index: number
  status: string
  due_at: Date
  next_attempt_at: Date | null
  period_start: Date
}

/** Between the purchase on 31 January and the renewal on 28 February. */
export const PAID_UP = "2026-02-10T09:00:00.000Z"

/**
 * A customer with monthly subscriptions who does things with them, each test a new
 * one, at a time at which nothing is due.
 */
export function subscriber(app: PortalTestApp) {
  let admin: HttpClient
  let anna: TestCustomer

  beforeEach(async () => {
    admin = await adminClient(app)
    anna = await registerCustomer(app)
    await setClock(admin, PAID_UP)
  })

  const act = (id: string, action: string, body: Body = {}) =>
    anna.api.post<SubscriptionActionResponse>(
      `/store/portal/subscriptions/${id}/${action}`,
      body
    )
  const cyclesOf = (id: string) =>
    app.db<Cycle>(
      `select sequence, period_index, status, due_at, next_attempt_at, period_start
         from portal_subscription_cycle where subscription_id = ? order by sequence`,
      [id]
    )
  return {
    admin: () => admin,
    anna: () => anna,
    act,
    cyclesOf,
    /** The same as `act`, by staff. */
    staff: (id: string, action: string, body: Body = {}) =>
      admin.post<AdminSubscriptionActionResponse>(
        `/admin/subscriptions/${id}/${action}`,
        body
      ),
    /** One of hers that may do everything. */
    subscribe: async (
      input: SubscriptionFixtureInput & {
        limits?: SubscriptionPlanDTO["action_limits"]
      } = {}
    ): Promise<SubscriptionFixture> => {
      const { limits, ...rest } = input
      const [made] = await makeSubscriptions(app, {
        customer: anna,
        ...rest,
        plan: {
          customer_actions: ALL_ACTIONS,
          ...(limits && { action_limits: limits }),
          ...rest.plan,
        },
      })
      if (!made) {
        throw new Error("No subscription was made")
      }
      return made
    },
    /** The last of its cycles. */
    open: async (id: string) => (await cyclesOf(id)).at(-1),
    statusOf: async (id: string) =>
      (
        await app.db<{ status: string; resumes_at: Date | null }>(
          "select status, resumes_at from portal_subscription where id = ?",
          [id]
        )
      )[0],
    renewAt: async (now: string) => {
      await setClock(admin, now)
      return (await runJob<Counts>(admin, "renew-subscriptions")).counts
    },
    /** How many of its charges succeeded. */
    attempts: async (id: string) =>
      (
        await app.db<{ n: number }>(
          `select count(*)::int as n from portal_charge_attempt a
             join portal_subscription_cycle c on c.id = a.cycle_id
            where c.subscription_id = ? and a.status = 'succeeded'`,
          [id]
        )
      )[0]?.n,
    timeline: async (id: string) =>
      (
        await app.db<{ type: string; actor_type: string }>(
          `select type, actor_type from portal_subscription_event
            where subscription_id = ? order by occurred_at, id`,
          [id]
        )
      ).map(({ type, actor_type }) => `${actor_type} ${type}`),
  }
}
