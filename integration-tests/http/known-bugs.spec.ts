import {
  FIRST_RENEWAL,
  ok,
  portalTest,
  runJob,
  setClock,
  STRIPE_PROVIDER,
} from "../helpers"
import { subscriber, type Counts } from "./subscription-actions.support"

jest.setTimeout(300_000)

/**
 * Defects of others that no other test here would catch: see
 * `helpers/__tests__/known-bugs.unit.spec.ts` for all of them and where they are.
 */
portalTest({
  stripe: true,
  options: { renewals: { retryDays: [1, 3] } },
  testSuite: (app) => {
    const { admin, act, subscribe, open, statusOf, renewAt, attempts } =
      subscriber(app)

    afterEach(() => {
      app.stripe().reset()
    })

    it("orders another variant with its own SKU and title (B16)", async () => {
      const { id } = await subscribe({ sku: "COFFEE-250" })
      const other = app.seed.variants["COFFEE-1000"]
      expect(other).toBeDefined()
      await app.db(
        `update portal_subscription_item set variant_id = ?
          where subscription_id = ?`,
        [other?.id ?? "", id]
      )
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
      const [line] = await app.db<{ variant_id: string; variant_sku: string }>(
        `select l.variant_id, l.variant_sku
           from portal_subscription_cycle c
           join order_item i on i.order_id = c.order_id
           join order_line_item l on l.id = i.item_id
          where c.subscription_id = ? and c.sequence = 1`,
        [id]
      )
      expect(line).toEqual({
        variant_id: other?.id,
        variant_sku: "COFFEE-1000",
      })
    })

    it("charges what a customer has changed, and asks no admin (B19)", async () => {
      const { id } = await subscribe()
      ok(await act(id, "skip", { cycles: 1 }))
      ok(await act(id, "unskip"))
      ok(await act(id, "reschedule", { date: "2026-03-05" }))
      const due = (await open(id))?.next_attempt_at
      expect(due).toBeInstanceOf(Date)
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ claimed: 0 })
      expect(await renewAt(new Date(due ?? 0).toISOString())).toMatchObject({
        completed: 1,
      })
      expect(await attempts(id)).toBe(1)
    })

    it("a past-due customer who pauses holds up no job (B20)", async () => {
      const paused = await subscribe({
        provider: STRIPE_PROVIDER,
        card: "pm_card_savedInsufficientFunds",
      })
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
      ok(await act(paused.id, "pause", {}))
      const other = await subscribe()
      await setClock(admin(), "2026-03-01T10:00:00Z")
      // As if the pause had come between the job's look and its turn.
      await app.db(
        `update portal_subscription_cycle
            set status = 'retry_scheduled', next_attempt_at = ?
          where id = ?`,
        [FIRST_RENEWAL, paused.cycleId]
      )
      const run = async () =>
        (await runJob<Counts>(admin(), "renew-subscriptions")).counts
      expect(await run()).toMatchObject({ claimed: 2, completed: 1 })
      expect(await statusOf(paused.id)).toMatchObject({ status: "paused" })
      expect(await attempts(other.id)).toBe(1)
      // Put away, and not looked at again and again.
      expect(await run()).toMatchObject({ claimed: 0 })
      expect(await attempts(paused.id)).toBe(0)
    })
  },
})
