import {
  SELECT_ABANDONED,
  SELECT_DUE,
} from "../../src/modules/subscription/queries/claim-cycles"
import { reconcileMemberships } from "../../src/workflows/memberships/reconcile-memberships"
import { renewDueCycles } from "../../src/workflows/renewals/renew-due-cycles"
import {
  adminClient,
  countSql,
  eventually,
  mailbox,
  makeSubscriptions,
  portalTest,
  registerCustomer,
  saveCard,
  setClock,
  STRIPE_PROVIDER,
  SYSTEM_PROVIDER,
  type HttpClient,
} from "../helpers"
import { copySubscription } from "./support/copy-subscriptions"
import { explain } from "./support/explain"
import { generateCases } from "./support/generated-cases"
import { makeGenerated } from "./support/generated-subscriptions"
import { automaticPromotions } from "./support/promotions"

const BATCH = 50
/** Statements for each renewal of a batch, BEGIN and COMMIT included. */
const LIMIT = 20
/** The same where each has its own prices, places, discounts and promotions. */
const LIMIT_MIXED = 40

/** Bought on the 15th of December, the others are never due with the batch. */
const OTHERS_STARTED = "2025-12-15T10:00:00.000Z"
const OTHERS_RENEWED = "2026-01-15T10:00:00.000Z"

portalTest({
  stripe: true,
  testSuite: (app) => {
    let admin: HttpClient

    beforeEach(async () => {
      app.stripe().reset()
      admin = await adminClient(app)
    })

    /** A subscription that has been renewed: with orders, payments, timeline. */
    async function renewedSubscription(): Promise<string> {
      const [other] = await makeSubscriptions(app, {
        startedAt: OTHERS_STARTED,
      })
      await setClock(admin, OTHERS_RENEWED)
      expect(await renewDueCycles(app.container())).toMatchObject({
        claimed: 1,
        completed: 1,
      })
      // Its copies must not tell anybody of anything.
      await eventually(
        async () =>
          (
            await app.db(
              "select 1 from portal_subscription_event where notice_pending"
            )
          ).length === 0 || undefined,
        { what: "the mail of the renewal", timeout: 60_000 }
      )
      return other?.id ?? ""
    }

    async function renewBatch(
      provider: string,
      startedAt: string,
      due: string
    ): Promise<string[]> {
      await makeSubscriptions(app, { provider, startedAt, count: BATCH })
      // What a purchase sets off is over by the time of a renewal.
      await reconcileMemberships(app.container())
      return await renewDue(due)
    }

    /** Renews a batch in this process. Answers the statements it took. */
    async function renewDue(now: string): Promise<string[]> {
      await setClock(admin, now)
      const told = mailbox().length
      const { result, statements } = await countSql(async () => {
        const counts = await renewDueCycles(app.container())
        // What the events set off belongs to the renewal as well, the mails too.
        await eventually(() => mailbox().length >= told + BATCH || undefined, {
          what: "the mails of a batch",
          timeout: 60_000,
        })
        await new Promise((resolve) => setTimeout(resolve, 500))
        return counts
      })
      expect(result).toMatchObject({
        claimed: BATCH,
        paid: BATCH,
        completed: BATCH,
      })
      return statements
    }

    it("takes as many statements beside 20,000 subscriptions as beside 20 (B22)", async () => {
      const other = await renewedSubscription()
      await copySubscription(app.db, other, { from: 1, to: 19 })

      const small = {
        system: await renewBatch(
          SYSTEM_PROVIDER,
          "2026-01-02T10:00:00.000Z",
          "2026-02-02T10:00:00.000Z"
        ),
        stripe: await renewBatch(
          STRIPE_PROVIDER,
          "2026-01-03T10:00:00.000Z",
          "2026-02-03T10:00:00.000Z"
        ),
      }
      await copySubscription(app.db, other, { from: 20, to: 19_999 })
      expect(
        await app.db(
          "select count(*)::int from portal_subscription where started_at = ?",
          [OTHERS_STARTED]
        )
      ).toEqual([{ count: 20_000 }])
      const large = {
        system: await renewBatch(
          SYSTEM_PROVIDER,
          "2026-01-04T10:00:00.000Z",
          "2026-02-04T10:00:00.000Z"
        ),
        stripe: await renewBatch(
          STRIPE_PROVIDER,
          "2026-01-05T10:00:00.000Z",
          "2026-02-05T10:00:00.000Z"
        ),
      }

      for (const statements of Object.values({ ...small, ...large })) {
        expect(statements.length / BATCH).toBeLessThanOrEqual(LIMIT)
      }
      expect(work(large.system)).toBe(work(small.system))
      expect(work(large.stripe)).toBe(work(small.stripe))
    }, 300_000)

    it("stays within the limit where no two renewals are alike", async () => {
      await automaticPromotions(app)
      await setClock(admin, null)
      const customer = await registerCustomer(app)
      const card = await saveCard(app, customer)
      const subscriber = { customer, provider: STRIPE_PROVIDER, ...card }
      const cases = generateCases(app.seed, { seed: 20260131, count: BATCH })
      for (const one of cases) {
        await makeGenerated(app, one, subscriber, "2026-01-02T10:00:00.000Z")
      }

      const statements = await renewDue("2026-02-02T10:00:00.000Z")
      expect(statements.length / BATCH).toBeLessThanOrEqual(LIMIT_MIXED)
    })

    it("calls Stripe twice a renewal: once to create, once to confirm", async () => {
      await renewBatch(
        STRIPE_PROVIDER,
        "2026-01-02T10:00:00.000Z",
        "2026-02-02T10:00:00.000Z"
      )
      const calls = app
        .stripe()
        .requests.filter(({ path }) => path.startsWith("/v1/payment_intents"))
      expect(calls).toHaveLength(2 * BATCH)
      expect(
        calls.filter(({ path }) => path.endsWith("/confirm"))
      ).toHaveLength(BATCH)
      expect(app.stripe().violations).toEqual([])
    })

    it("finds what is due, and what was left, by index beside 200,000 finished cycles", async () => {
      const other = await renewedSubscription()
      await copySubscription(app.db, other, { from: 1, to: 1_999 })
      await app.db(
        `insert into portal_subscription_cycle (
           id, subscription_id, sequence, period_index, status, period_start,
           period_end, due_at, currency_code, completed_at, events_emitted_at
         )
         select c.id || '_' || n, c.subscription_id, c.sequence + n,
                c.period_index + n, 'completed', c.period_start, c.period_end,
                c.due_at, c.currency_code, c.due_at, c.due_at
         from portal_subscription_cycle c cross join generate_series(1, 100) n
         where c.status = 'scheduled'`
      )
      await app.db("analyze portal_subscription_cycle")

      const index = (name: string) =>
        expect.objectContaining({ type: "Index Scan", index: name })
      const scan = expect.objectContaining({ type: "Seq Scan" })
      // Nothing is due, and then all 2,000.
      for (const now of ["2026-02-01", "2027-02-01"]) {
        const due = await explain(app, SELECT_DUE, [now, [], BATCH])
        expect(due).toContainEqual(index("IX_portal_cycle_due"))
        expect(due).not.toContainEqual(scan)
      }
      const left = await explain(app, SELECT_ABANDONED, [[], BATCH])
      expect(left).toContainEqual(index("IX_portal_cycle_lease"))
      expect(left).not.toContainEqual(scan)
    }, 300_000)
  },
})

/** Statements without those that greet a new connection of the pool. */
function work(statements: string[]): number {
  return statements.filter((text) => !text.startsWith("set search_path")).length
}
