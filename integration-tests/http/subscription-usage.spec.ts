import {
  expectError,
  FIRST_RENEWAL,
  ok,
  parallel,
  portalTest,
  registerCustomer,
  runJob,
  setClock,
  statuses,
  STRIPE_PROVIDER,
} from "../helpers"
import type {
  Meter,
  UsageRecordResponse,
  UsageResponse,
} from "../../src/types/meters"
import type { PricedCharge } from "../../src/types/next-charge-http"
import { subscriber } from "./subscription-actions.support"

jest.setTimeout(300_000)

const SECOND_RENEWAL = "2026-03-31T10:00:00.000Z"

const METERS: Meter[] = [
  {
    key: "calls",
    name: "API calls",
    unit: "calls",
    aggregation: "sum",
    included: 100,
    unit_price: { eur: 0.0125 },
  },
  {
    key: "fonts",
    name: "Fonts",
    aggregation: "sum",
    tiers_mode: "graduated",
    tiers: [
      { up_to: 5, unit_amount: { eur: 7 } },
      { up_to: null, unit_amount: { eur: 6.5 } },
    ],
  },
]

portalTest({
  stripe: true,
  options: { renewals: { retryDays: [1, 3] } },
  testSuite: (app) => {
    const { admin, anna, act, subscribe, renewAt, attempts } = subscriber(app)

    const metered = (more: Parameters<typeof subscribe>[0] = {}) =>
      subscribe({ ...more, plan: { meters: METERS } })
    let key = 0
    const record = (id: string, body: Record<string, unknown> = {}) =>
      admin().post<UsageRecordResponse>(`/admin/subscriptions/${id}/usage`, {
        meter: "calls",
        quantity: 1,
        idempotency_key: `key-${++key}`,
        ...body,
      })
    const usage = async (id: string) =>
      ok(
        await anna().api.get<UsageResponse>(
          `/store/portal/subscriptions/${id}/usage`
        )
      ).usage
    const nextCharge = async (id: string) =>
      ok(
        await anna().api.get<{ next_charge: PricedCharge }>(
          `/store/portal/subscriptions/${id}/next-charge`
        )
      ).next_charge
    /** What each renewal's order charges for use. */
    const charged = async (id: string) =>
      (
        await app.db<{ lines: string[] | null }>(
          `select (select array_agg(i.title || ' | ' || i.subtitle || ' | ' || i.unit_price order by i.title)
                     from order_item x join order_line_item i on i.id = x.item_id
                    where x.order_id = c.order_id
                      and i.metadata->'portal_subscription_usage' is not null) as lines
             from portal_subscription_cycle c
            where c.subscription_id = ? and c.sequence > 0 and c.status = 'completed'
            order by c.sequence`,
          [id]
        )
      ).map(({ lines }) => lines)
    const rows = (id: string) =>
      app.db<{ quantity: string; cycle_id: string | null }>(
        "select quantity, cycle_id from portal_subscription_usage where subscription_id = ?",
        [id]
      )

    it("charges what was used with the next period, once, as it was shown", async () => {
      const { id, cycleId } = await metered({ provider: STRIPE_PROVIDER })
      const base = (await nextCharge(id)).amount
      const first = await record(id, {
        quantity: 1_101,
        idempotency_key: "mine",
        occurred_at: "2026-02-09T09:00:00Z",
      })
      expect(first.status).toBe(201)
      expect(first.data).toMatchObject({
        usage_record: { meter: "calls", quantity: 1_101 },
      })
      ok(await record(id, { meter: "fonts", quantity: 6 }))
      // 1001 × 0.0125 = 12.5125 and 5 × 7 + 6.50.
      expect(await usage(id)).toEqual({
        currency_code: "eur",
        next_charge_at: FIRST_RENEWAL,
        meters: [
          {
            key: "calls",
            name: "API calls",
            unit: "calls",
            included: 100,
            quantity: 1_101,
            amount: 12.51,
          },
          {
            key: "fonts",
            name: "Fonts",
            unit: null,
            included: 0,
            quantity: 6,
            amount: 41.5,
          },
        ],
      })
      const next = await nextCharge(id)
      expect(next.amount).toBe(Number((base + 12.51 + 41.5).toFixed(2)))
      expect(next.items).toMatchObject([
        { usage: null },
        {
          title: "API calls",
          subtitle: "1101 calls",
          quantity: 1,
          unit_price: 12.51,
          usage: { meter: "calls", quantity: 1_101 },
          taxes: [{ rate: 19 }],
        },
        { title: "Fonts", unit_price: 41.5 },
      ])

      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
      const [cycle] = await app.db<{ amount: string; total: string }>(
        `select c.amount, s.totals->>'paid_total' as total
           from portal_subscription_cycle c
           join order_summary s on s.order_id = c.order_id where c.id = ?`,
        [cycleId]
      )
      expect(Number(cycle?.amount)).toBe(next.amount)
      expect(Number(cycle?.total)).toBe(next.amount)
      expect((await usage(id)).meters).toMatchObject([
        { quantity: 0, amount: 0 },
        { quantity: 0, amount: 0 },
      ])
      expect((await nextCharge(id)).amount).toBe(base)
      expect(await renewAt(SECOND_RENEWAL)).toMatchObject({ completed: 1 })
      expect(await charged(id)).toEqual([
        ["API calls | 1101 calls | 12.51", "Fonts | 6 | 41.5"],
        null,
      ])
    })

    it("counts each key once, and sixty at once all", async () => {
      const { id } = await metered()
      const all = await parallel(60, (n) =>
        record(id, { quantity: n + 1, idempotency_key: `many-${n}` })
      )
      expect(statuses(all.fulfilled)).toEqual({ 201: 60 })
      const same = await parallel(40, () =>
        record(id, { quantity: 7, idempotency_key: "same" })
      )
      expect(statuses(same.fulfilled)).toEqual({ 200: 39, 201: 1 })
      const ids = same.fulfilled.map(({ data }) => data.usage_record.id)
      expect(new Set(ids).size).toBe(1)
      for (const body of [{ quantity: 8 }, { meter: "fonts", quantity: 7 }]) {
        expectError(
          await record(id, { ...body, idempotency_key: "same" }),
          422,
          "already_exists"
        )
      }
      expect((await usage(id)).meters[0]).toMatchObject({
        quantity: (60 * 61) / 2 + 7,
      })
      expect(await rows(id)).toHaveLength(61)
    })

    it("is in one charge of two where it crosses a renewal", async () => {
      const { id } = await metered()
      await setClock(admin(), FIRST_RENEWAL)
      const [, recorded] = await Promise.all([
        runJob(admin(), "renew-subscriptions"),
        parallel(40, () => record(id, { meter: "fonts" })),
      ])
      expect(statuses(recorded.fulfilled)).toEqual({ 201: 40 })
      await renewAt(SECOND_RENEWAL)
      const sums = (await charged(id)).map((lines) =>
        Number(lines?.[0]?.split(" | ")[1] ?? 0)
      )
      expect((sums[0] ?? 0) + (sums[1] ?? 0)).toBe(40)
      expect(await attempts(id)).toBe(2)
      expect((await rows(id)).every(({ cycle_id }) => cycle_id)).toBe(true)
    })

    it("is charged once after a worker died between taking and pricing", async () => {
      const { id, cycleId } = await metered()
      ok(await record(id, { meter: "fonts", quantity: 2 }))
      await app.db(
        `update portal_subscription_cycle set status = 'claimed', claimed_by = 'gone',
                claimed_until = now() - interval '1 hour' where id = ?`,
        [cycleId]
      )
      await app.db(
        "update portal_subscription_usage set cycle_id = ? where subscription_id = ?",
        [cycleId, id]
      )
      expect((await usage(id)).meters[1]).toMatchObject({ quantity: 2 })
      ok(await record(id, { meter: "fonts", quantity: 3 }))
      await runJob(admin(), "settle-unknown-charges")
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
      expect(await charged(id)).toEqual([["Fonts | 5 | 35"]])
    })

    it("stays with a charge that failed; what comes later goes on to the next", async () => {
      const { id, cycleId } = await metered({
        provider: STRIPE_PROVIDER,
        card: "pm_card_chargeCustomerFail",
      })
      ok(await record(id, { meter: "fonts", quantity: 2 }))
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
      ok(await record(id, { meter: "fonts", quantity: 3 }))
      expect((await usage(id)).meters[1]).toMatchObject({ quantity: 3 })
      const open = await nextCharge(id)
      expect(open.items).toMatchObject([{}, { usage: { quantity: 2 } }])
      // Given up for good, it is all of it the next one's.
      ok(await act(id, "pause"))
      await setClock(admin(), "2026-04-10T09:00:00Z")
      ok(await act(id, "resume", { charge: "next_period" }))
      expect((await usage(id)).meters[1]).toMatchObject({ quantity: 3 })
      await runJob(admin(), "settle-unknown-charges")
      expect((await usage(id)).meters[1]).toMatchObject({ quantity: 5 })
      expect(
        (await rows(id)).filter(({ cycle_id }) => cycle_id === cycleId)
      ).toHaveLength(1)
    })

    it("refuses what cannot be charged, and writes nothing", async () => {
      const { id } = await metered()
      const plain = await subscribe()
      expectError(await record(plain.id), 400, "meter_unknown")
      expectError(await record(id, { meter: "coal" }), 400, "meter_unknown")
      expectError(await record("sub_none"), 404, "not_found")
      expectError(
        await record(id, { occurred_at: "2026-02-10T09:06:00Z" }),
        400,
        "date_out_of_range"
      )
      const dollars = await metered({ currency: "usd" })
      expectError(await record(dollars.id), 400, "currency_mismatch")
      const other = await registerCustomer(app)
      expectError(
        await other.api.get(`/store/portal/subscriptions/${id}/usage`),
        404,
        "not_found"
      )
      ok(await record(id, { idempotency_key: "before" }))
      ok(await act(id, "cancel", { when: "now" }))
      expectError(await record(id), 400, "subscription_transition_not_allowed")
      // The same key still answers what was counted.
      expect((await record(id, { idempotency_key: "before" })).status).toBe(200)
      expect(await rows(id)).toHaveLength(1)
    })
  },
})
