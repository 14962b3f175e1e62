import { ok } from "../helpers"
import type { PortalTestApp } from "../helpers/app"
import { SUBSCRIPTION_MODULE } from "../../src/modules/subscription"
import type SubscriptionModuleService from "../../src/modules/subscription/service"
import type {
  ChangePreview,
  ChangeResponse,
} from "../../src/types/subscription-change-http"
import type {
  NextChargeResponse,
  SubscriptionResponse,
} from "../../src/types/subscription-http"
import { subscriber } from "./subscription-actions.support"

type Body = Record<string, unknown>

/** A charge of a change, with the order that it led to. */
export type ChangeRow = {
  id: string
  status: string
  amount: number
  provider_payment_id: string | null
  order_id: string | null
  voided: boolean
  order_total: number | null
  paid_total: number | null
  tax_lines: number
}

/** What tests of changes do, besides what subscribers do. */
export function changer(app: PortalTestApp) {
  const base = subscriber(app)
  const path = (id: string, of = "change") =>
    `/store/portal/subscriptions/${id}/${of}`
  return {
    ...base,
    variant: (sku: string) => app.seed.variants[sku]?.id ?? "",
    /** Offers a plan for the products of some SKUs. */
    offer: async (planId: string, ...skus: string[]) => {
      await app
        .container()
        .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
        .createPortalSubscriptionPlanTargets(
          skus.map((sku) => ({
            plan_id: planId,
            product_id: app.seed.variants[sku]?.productId ?? "",
          }))
        )
    },
    preview: async (id: string, body: Body, of = "change") =>
      ok(
        await base
          .anna()
          .api.post<{ preview: ChangePreview }>(`${path(id, of)}/preview`, body)
      ).preview,
    change: (id: string, body: Body, of = "change") =>
      base.anna().api.post<ChangeResponse>(path(id, of), body),
    drop: (id: string) =>
      base.anna().api.delete<SubscriptionResponse>(path(id)),
    read: async (id: string) =>
      ok(
        await base
          .anna()
          .api.get<SubscriptionResponse>(`/store/portal/subscriptions/${id}`)
      ).subscription,
    nextCharge: async (id: string) =>
      ok(await base.anna().api.get<NextChargeResponse>(path(id, "next-charge")))
        .next_charge,
    itemOf: async (id: string) =>
      (
        await app.db<{ id: string }>(
          `select id from portal_subscription_item
            where subscription_id = ? and deleted_at is null order by id`,
          [id]
        )
      )[0]?.id,
    itemsOf: (id: string) =>
      app.db<{ variant_id: string; quantity: number }>(
        `select variant_id, quantity from portal_subscription_item
          where subscription_id = ? and deleted_at is null order by id`,
        [id]
      ),
    balanceOf: async (id: string) =>
      Number(
        (
          await app.db<{ credit_balance: string }>(
            "select credit_balance from portal_subscription where id = ?",
            [id]
          )
        )[0]?.credit_balance
      ),
    /** The charges of its changes, the oldest first. */
    charges: async (id: string): Promise<ChangeRow[]> =>
      await app.db<ChangeRow>(
        `select c.id, c.status, c.amount::float as amount, c.provider_payment_id,
                o.id as order_id, c.payment_voided_at is not null as voided,
                (s.totals->>'current_order_total')::float as order_total,
                (s.totals->>'paid_total')::float as paid_total,
                (select count(*)::int from order_line_item_tax_line t
                   join order_item i on i.item_id = t.item_id
                  where i.order_id = o.id) as tax_lines
           from portal_subscription_cycle c
           left join "order" o on o.id = c.order_id
           left join order_summary s on s.order_id = o.id
          where c.subscription_id = ? and c.kind = 'change'
          order by c.created_at`,
        [id]
      ),
    /** The period that comes next. */
    openPeriod: async (id: string) =>
      (
        await app.db<{
          status: string
          held_by: string | null
          period_index: number
          period_start: Date
          period_end: Date
        }>(
          `select status, held_by, period_index, period_start, period_end
             from portal_subscription_cycle
            where subscription_id = ? and kind = 'renewal'
            order by sequence desc limit 1`,
          [id]
        )
      )[0],
  }
}

/** A price's share of a span, rounded once, as the tests themselves compute it. */
export function shareOf(
  price: number,
  { from, start, end }: { from: string; start: string; end: string },
  decimals = 2
): number {
  const left = Date.parse(end) - Date.parse(from)
  const whole = Date.parse(end) - Date.parse(start)
  const units = 10 ** decimals
  return Math.round((price * units * left) / whole) / units
}
