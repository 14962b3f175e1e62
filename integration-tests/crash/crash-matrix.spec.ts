import { Modules } from "@medusajs/framework/utils"
import { renewDueCycles } from "../../src/workflows/renewals/renew-due-cycles"
import {
  adminClient,
  eventually,
  FIRST_RENEWAL,
  portalTest,
  setClock,
  startWorker,
  type HttpClient,
  type SubscriptionFixture,
} from "../helpers"
import { expectRenewedOnce } from "./support/expect-renewed-once"
import { makeSubscription } from "./support/made"
import { PROVIDER_POINTS, SQL_POINTS } from "./support/points"
import { LEASE_SECONDS, recover } from "./support/recover"
import { failAt, standStillAt } from "./support/sql-point"
import { unexpectedViolations } from "../helpers/stripe"

const RENEW = "src/workflows/renewals/renew-due-cycles"

portalTest({
  stripe: true,
  options: { renewals: { leaseSeconds: LEASE_SECONDS } },
  testSuite: (app) => {
    let admin: HttpClient
    let subscription: SubscriptionFixture
    let placed: string[]

    beforeEach(async () => {
      admin = await adminClient(app)
      subscription = await makeSubscription(app)
      await setClock(admin, FIRST_RENEWAL)
      placed = []
      app
        .container()
        .resolve(Modules.EVENT_BUS)
        .subscribe(
          "order.placed",
          ({ data }: { data: unknown }) => {
            placed.push((data as { id: string }).id)
            return Promise.resolve()
          },
          { subscriberId: "crash-test-order-placed" }
        )
    })

    afterEach(() => {
      app
        .container()
        .resolve(Modules.EVENT_BUS)
        .unsubscribe("order.placed", () => Promise.resolve(), {
          subscriberId: "crash-test-order-placed",
        })
      expect(unexpectedViolations(app.stripe())).toStrictEqual([])
    })

    /** A worker that is killed as soon as it stands where `standing` says. */
    async function killWorker(standing: () => Promise<unknown>): Promise<void> {
      const worker = await startWorker(app.processEnv())
      const run = worker.call(RENEW, "renewDueCycles")
      const early = run.then((counts) => {
        throw new Error(`The worker was not stopped: ${JSON.stringify(counts)}`)
      })
      await Promise.race([standing(), early])
      await worker.kill()
      await expect(run).rejects.toThrow("SIGKILL")
    }

    async function expectOnce(): Promise<void> {
      await expectRenewedOnce(app, subscription)
      await eventually(() => placed.length || undefined, {
        what: "order.placed",
      })
      expect(new Set(placed).size).toBe(1)
    }

    describe("a worker is killed (B6, B23)", () => {
      it.each(SQL_POINTS)("$name", async (point) => {
        const standstill = await standStillAt(app, point)
        try {
          await killWorker(() => standstill.reached())
        } finally {
          await standstill.abandon()
        }
        await recover(admin)
        await expectOnce()
      })

      it.each(PROVIDER_POINTS)("$name", async ({ path, when }) => {
        const hold = app.stripe().hold({ method: "POST", path, when })
        await killWorker(() => hold.reached)
        hold.drop()
        await recover(admin)
        await expectOnce()
      })

      it("during the charge, and Stripe charges only after it was asked", async () => {
        const hold = app.stripe().hold({
          method: "POST",
          path: "/v1/payment_intents/{intent}/confirm",
          when: "before",
        })
        await killWorker(() => hold.reached)
        await recover(admin, () => hold.release())
        await expectOnce()
      })
    })

    describe("the database refuses a write (B3)", () => {
      it.each(SQL_POINTS)("$name", async (point) => {
        const repair = await failAt(app, point)
        await renewDueCycles(app.container()).catch(() => undefined)
        const [cycle] = await app.db(
          "select events_emitted_at from portal_subscription_cycle where id = ?",
          [subscription.cycleId]
        )
        expect(cycle).toStrictEqual({ events_emitted_at: null })
        await repair()
        await recover(admin)
        await expectOnce()
      })
    })
  },
})
