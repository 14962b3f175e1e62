import { Modules } from "@medusajs/framework/utils"
import { PortalSubscriptionEvents } from "../../src/types"
import { renewDueCycles } from "../../src/workflows/renewals/renew-due-cycles"
import { renewNow } from "../../src/workflows/renewals/renew-now"
import {
  adminClient,
  eventually,
  FIRST_RENEWAL,
  makeSubscriptions,
  parallel,
  portalTest,
  runJob,
  setClock,
  startWorker,
  STRIPE_PROVIDER,
  type HttpClient,
  type SubscriptionFixture,
} from "../helpers"
import { countRows } from "./support/count-rows"
import { expectRenewedOnce } from "./support/expect-renewed-once"
import { makeSubscription } from "./support/made"
import { leaseRunsOut, LEASE_SECONDS, recover } from "./support/recover"
import { failAt, type SqlPoint } from "./support/sql-point"
import { unexpectedViolations } from "../helpers/stripe"

const RENEWALS = "src/workflows/renewals"
const CONFIRM = "/v1/payment_intents/{intent}/confirm"
const HOUR_MS = 60 * 60 * 1000

type Counts = Record<string, number>

portalTest({
  stripe: true,
  options: { renewals: { leaseSeconds: LEASE_SECONDS } },
  testSuite: (app) => {
    let admin: HttpClient

    beforeEach(async () => {
      admin = await adminClient(app)
      await setClock(admin, FIRST_RENEWAL)
    })

    afterEach(() => {
      const unexpected = unexpectedViolations(app.stripe())
      app.stripe().reset()
      expect(unexpected).toStrictEqual([])
    })

    async function setHours(hours: number): Promise<void> {
      const first = new Date(FIRST_RENEWAL).getTime()
      await setClock(admin, new Date(first + hours * HOUR_MS))
    }

    async function renew(): Promise<Counts> {
      const { counts } = await runJob<{ counts: Counts }>(
        admin,
        "renew-subscriptions"
      )
      return counts
    }

    function codes(errors: unknown[]): (string | undefined)[] {
      return errors.map((error) => (error as { code?: string }).code)
    }

    describe("four workers", () => {
      it("charge 200 due cycles once each (B21)", async () => {
        const plan = { stock_policy: "charge" } as const
        await makeSubscriptions(app, {
          provider: STRIPE_PROVIDER,
          count: 200,
          plan,
        })
        const workers = await Promise.all(
          Array.from({ length: 4 }, () => startWorker(app.processEnv()))
        )

        const counts = await Promise.all(
          workers.map((worker) =>
            worker.call<Counts>(
              `${RENEWALS}/renew-due-cycles`,
              "renewDueCycles"
            )
          )
        )
        await recover(admin)

        const sum = (key: string) =>
          counts.reduce((total, one) => total + (one[key] ?? 0), 0)
        expect(sum("claimed")).toBe(200)
        expect(sum("paid")).toBe(200)
        // The work was shared.
        expect(
          counts.filter(({ paid = 0 }) => paid > 0).length
        ).toBeGreaterThan(1)

        const cycles = new Set(
          app
            .stripe()
            .capturedCharges()
            .map(({ metadata }) => metadata.portal_subscription_cycle_id)
        )
        expect(cycles.size).toBe(200)
        expect(app.stripe().capturedCharges()).toHaveLength(200)
        expect(app.stripe().state.paymentIntents.size).toBe(200)
        const rows = {
          order: "true",
          order_payment_collection: "true",
          order_transaction: "true",
          payment: "captured_at is not null",
          capture: "true",
          reservation_item: "deleted_at is null",
          payment_collection: "status = 'completed'",
          portal_charge_attempt: "status = 'succeeded' and attempt = 1",
        }
        for (const [table, where] of Object.entries(rows)) {
          expect([table, await countRows(app, table, where)]).toStrictEqual([
            table,
            200,
          ])
          expect([table, await countRows(app, table)]).toStrictEqual([
            table,
            200,
          ])
        }
        expect(
          await app.db(
            `select sequence, status, count(*)::int
             from portal_subscription_cycle group by 1, 2 order by 1`
          )
        ).toStrictEqual([
          { sequence: 0, status: "completed", count: 200 },
          { sequence: 1, status: "completed", count: 200 },
          { sequence: 2, status: "scheduled", count: 200 },
        ])
        expect(
          await app.db(
            `select sum(reserved_quantity)::int as reserved from inventory_level`
          )
        ).toStrictEqual([{ reserved: 200 }])

        // And one subscription that everybody asks for at once.
        const wanted = await makeSubscription(app, { plan })
        const asked = await parallel(20, (index) =>
          Promise.resolve(
            workers[index % 4]?.call(`${RENEWALS}/renew-now`, "renewNow", {
              subscription_id: wanted.id,
            })
          )
        )
        expect(asked.fulfilled).toHaveLength(1)
        await expectRenewedOnce(app, wanted)
      }, 300_000)
    })

    describe("a charge that somebody asks for", () => {
      it("is one, however often and early it is asked for", async () => {
        const subscription = await makeSubscription(app)
        await setHours(-18 * 24)
        const { fulfilled, rejected } = await parallel(20, () =>
          renewNow(app.container(), { subscription_id: subscription.id })
        )
        expect(fulfilled).toStrictEqual([
          {
            outcome: "paid",
            cycle_id: subscription.cycleId,
            status: "completed",
            code: null,
          },
        ])
        expect(rejected).toHaveLength(19)
        for (const code of codes(rejected)) {
          expect(["charge_in_progress", "cycle_not_due"]).toContain(code)
        }
        await expectRenewedOnce(app, subscription)
      })

      it("is refused while the job charges", async () => {
        const subscription = await makeSubscription(app)
        const hold = app
          .stripe()
          .hold({ method: "POST", path: CONFIRM, when: "before" })
        const run = renewDueCycles(app.container())
        await hold.reached
        const { rejected } = await parallel(3, () =>
          renewNow(app.container(), { subscription_id: subscription.id })
        )
        expect(new Set(codes(rejected))).toStrictEqual(
          new Set(["charge_in_progress"])
        )
        hold.release()
        await run
        await expectRenewedOnce(app, subscription)
      })

      it("and the job make one between them", async () => {
        const subscription = await makeSubscription(app)
        await Promise.allSettled([
          renewDueCycles(app.container()),
          renewNow(app.container(), { subscription_id: subscription.id }),
          renewDueCycles(app.container()),
          renewNow(app.container(), { subscription_id: subscription.id }),
        ])
        await recover(admin)
        await expectRenewedOnce(app, subscription)
      })
    })

    describe("time", () => {
      it("set back an hour charges nobody again", async () => {
        const subscription = await makeSubscription(app)
        await renew()
        for (const hours of [-1, 0, 1]) {
          await setHours(hours)
          expect(await renew()).toMatchObject({ claimed: 0 })
        }
        await expectRenewedOnce(app, subscription)
      })

      it("lost in a stop is one charge for the current period", async () => {
        const subscription = await makeSubscription(app, {
          plan: { interval: "day", missed_period_policy: "charge_current" },
        })
        await setClock(admin, "2026-02-04T12:00:00.000Z")
        expect(await renew()).toMatchObject({ claimed: 1, completed: 1 })
        expect(await renew()).toMatchObject({ claimed: 0 })
        await expectRenewedOnce(app, subscription, {
          nextAt: "2026-02-05T10:00:00.000Z",
        })
        expect(
          await app.db(
            `select period_index, period_start from portal_subscription_cycle
             where id = ?`,
            [subscription.cycleId]
          )
        ).toStrictEqual([
          {
            period_index: 4,
            period_start: new Date("2026-02-04T10:00:00.000Z"),
          },
        ])
      })

      it("lost in a stop is a charge for each period where the plan says so", async () => {
        const { id } = await makeSubscription(app, {
          plan: { interval: "day", missed_period_policy: "charge_each" },
        })
        await setClock(admin, "2026-02-04T12:00:00.000Z")
        expect(await renew()).toMatchObject({ claimed: 4, completed: 4 })
        expect(await renew()).toMatchObject({ claimed: 0 })
        const cycles = await app.db<{ id: string; status: string }>(
          `select id, status, period_start from portal_subscription_cycle
           where subscription_id = ? order by sequence`,
          [id]
        )
        const day = (number: number) => new Date(Date.UTC(2026, 1, number, 10))
        expect(cycles.slice(1)).toMatchObject([
          { status: "completed", period_start: day(1) },
          { status: "completed", period_start: day(2) },
          { status: "completed", period_start: day(3) },
          { status: "completed", period_start: day(4) },
          { status: "scheduled", period_start: day(5) },
        ])
        for (const { id: cycle, status } of cycles.slice(1)) {
          expect(
            app.stripe().capturedCharges({
              metadata: { portal_subscription_cycle_id: cycle },
            })
          ).toHaveLength(status === "completed" ? 1 : 0)
        }
      })
    })

    it("parks a subscription that would be charged twice in 20 hours", async () => {
      const subscription = await makeSubscription(app)
      const parked: unknown[] = []
      app
        .container()
        .resolve(Modules.EVENT_BUS)
        .subscribe(PortalSubscriptionEvents.PARKED, ({ data }) => {
          parked.push(data)
          return Promise.resolve()
        })
      await renew()
      await app.db(
        `update portal_subscription_cycle
         set due_at = ?, next_attempt_at = ?
         where subscription_id = ? and status = 'scheduled'`,
        [FIRST_RENEWAL, FIRST_RENEWAL, subscription.id]
      )
      await setHours(19)
      expect(await renew()).toMatchObject({ claimed: 1, paid: 0, postponed: 1 })
      await setHours(48)
      expect(await renew()).toMatchObject({ claimed: 0 })

      expect(app.stripe().capturedCharges()).toHaveLength(1)
      expect(
        await app.db(
          `select parked_at is not null as is_parked, parked_reason
           from portal_subscription where id = ?`,
          [subscription.id]
        )
      ).toStrictEqual([
        {
          is_parked: true,
          parked_reason: "charged_twice_within_safety_bound",
        },
      ])
      await eventually(() => parked.length || undefined, { what: "the event" })
      expect(parked).toStrictEqual([
        {
          id: subscription.id,
          entry_id: expect.stringMatching(/^sevt_/) as string,
        },
      ])
    })

    describe("a subscription that changes while it is charged", () => {
      it.each([
        ["paused", "before"],
        ["paused", "after"],
        ["canceled", "before"],
        ["canceled", "after"],
      ] as const)(
        "to %s %s Stripe charges keeps what was paid",
        async (status, when) => {
          const subscription = await makeSubscription(app)
          const hold = app
            .stripe()
            .hold({ method: "POST", path: CONFIRM, when })
          const run = renewDueCycles(app.container())
          await hold.reached
          await app.db(
            "update portal_subscription set status = ? where id = ?",
            [status, subscription.id]
          )
          hold.release()
          await run
          await expectRenewedOnce(app, subscription, { status })

          await setHours(60 * 24)
          await recover(admin)
          expect(app.stripe().capturedCharges()).toHaveLength(1)
        }
      )
    })

    describe("one row that the database refuses does not hold up the others", () => {
      const points: [string, (one: SubscriptionFixture) => SqlPoint][] = [
        ["when it is priced", (one) => cycleBecomes("priced", one)],
        [
          "when its payment is opened",
          ({ cycleId }) => ({
            table: "payment_collection",
            on: "insert",
            when: `new.metadata->>'portal_subscription_cycle_id' = '${cycleId}'`,
          }),
        ],
        [
          "when its attempt is recorded",
          ({ cycleId }) => ({
            table: "portal_charge_attempt",
            on: "insert",
            when: `new.cycle_id = '${cycleId}'`,
          }),
        ],
        ["when its outcome is recorded", (one) => cycleBecomes("paid", one)],
        [
          "when its order is placed",
          ({ id }) => ({
            table: "order",
            on: "insert",
            when: `new.metadata->>'portal_subscription_id' = '${id}'`,
          }),
        ],
      ]

      function cycleBecomes(
        status: string,
        { cycleId }: SubscriptionFixture
      ): SqlPoint {
        return {
          table: "portal_subscription_cycle",
          on: "update",
          when: `new.id = '${cycleId}' and new.status = '${status}'`,
        }
      }

      it.each(points)("%s", async (_name, pointOf) => {
        const all = await makeSubscriptions(app, {
          provider: STRIPE_PROVIDER,
          count: 10,
        })
        const bad = all[4]
        if (!bad) {
          throw new Error("No subscription was made")
        }
        const good = all.filter((one) => one !== bad)
        const repair = await failAt(app, pointOf(bad))
        try {
          await renewDueCycles(app.container())
          await leaseRunsOut()
          await runJob(admin, "settle-unknown-charges")
          for (const one of good) {
            await expectRenewedOnce(app, one)
          }
          expect(
            await countRows(
              app,
              "portal_subscription_cycle",
              "sequence = 1 and status = 'completed'"
            )
          ).toBe(9)
        } finally {
          await repair()
        }
        await recover(admin)
        await expectRenewedOnce(app, bad)
      })
    })
  },
})
