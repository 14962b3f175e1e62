import { renewDueCycles } from "../../src/workflows/renewals/renew-due-cycles"
import {
  adminClient,
  confirmWithCard,
  eventually,
  FIRST_RENEWAL,
  portalTest,
  runJob,
  setClock,
  type HttpClient,
  type SubscriptionFixture,
} from "../helpers"
import { createStripeClient } from "../helpers/payment-stripe-loopback/stripe-client"
import type { Effect } from "../helpers/stripe-double"
import { expectRenewedOnce } from "./support/expect-renewed-once"
import { makeSubscription } from "./support/made"
import { leaseRunsOut, LEASE_SECONDS, recover } from "./support/recover"
import { failAt, standStillAt } from "./support/sql-point"
import { unexpectedViolations } from "../helpers/stripe"

const CREATE = "/v1/payment_intents"
const CONFIRM = "/v1/payment_intents/{intent}/confirm"
const ASK = "/v1/payment_intents/{intent}"
const HOUR_MS = 60 * 60 * 1000
/** Medusa passes a webhook on after five seconds. */
const WEBHOOK_MS = 5_000

type CycleState = {
  status: string
  attempt: number
  next_attempt_at: Date | null
  failure_code: string | null
  provider_payment_id: string
  subscription_status: string
}

portalTest({
  stripe: true,
  options: {
    renewals: { leaseSeconds: LEASE_SECONDS },
    stripe: { timeout: WEBHOOK_MS + 4_000 },
  },
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

    async function state({
      cycleId,
    }: SubscriptionFixture): Promise<CycleState> {
      const [row] = await app.db<CycleState>(
        `select c.*, s.status as subscription_status
         from portal_subscription_cycle c
         join portal_subscription s on s.id = c.subscription_id
         where c.id = ?`,
        [cycleId]
      )
      if (!row) {
        throw new Error("There is no such cycle")
      }
      return row
    }

    /** The payment of a cycle, as Stripe has it. */
    async function paymentOf(subscription: SubscriptionFixture) {
      const { provider_payment_id: id } = await state(subscription)
      return app.stripe().state.paymentIntents.get(id)
    }

    function days(count: number): Date {
      return new Date(new Date(FIRST_RENEWAL).getTime() + count * 24 * HOUR_MS)
    }

    /** Runs the job a number of days after the first renewal. */
    async function renewAfter(count: number): Promise<Record<string, number>> {
      await setClock(admin, days(count))
      const { counts } = await runJob<{ counts: Record<string, number> }>(
        admin,
        "renew-subscriptions"
      )
      return counts
    }

    function requestsTo(path: RegExp) {
      return app
        .stripe()
        .requests.filter(
          (request) => request.method === "POST" && path.test(request.path)
        )
    }

    const confirmations = () => requestsTo(/\/confirm$/)
    const creations = () => requestsTo(/^\/v1\/payment_intents$/)

    describe("an answer to the charge that says nothing", () => {
      it.each<[Effect, "before" | "after"]>([
        ["timeout", "before"],
        ["timeout", "after"],
        ["reset", "before"],
        ["reset", "after"],
        ["500", "before"],
        ["500", "after"],
        ["idempotency_error", "before"],
        ["idempotency_error", "after"],
        ["429", "before"],
      ])("%s %s charging", async (effect, when) => {
        const subscription = await makeSubscription(app)
        app.stripe().script({
          method: "POST",
          path: CONFIRM,
          times: 1,
          effect,
          when,
        })
        await renewDueCycles(app.container())
        await recover(admin)
        await expectRenewedOnce(app, subscription)
      })

      it("is asked about again where the question fails too", async () => {
        const subscription = await makeSubscription(app)
        const once = { times: 1, effect: "500" } as const
        app
          .stripe()
          .script({ method: "POST", path: CONFIRM, when: "after", ...once })
        app
          .stripe()
          .script({ method: "GET", path: ASK, when: "before", ...once })

        await renewDueCycles(app.container())
        expect(await state(subscription)).toMatchObject({
          status: "unknown",
          attempt: 1,
        })
        // Nobody charges what may be charged already.
        await runJob(admin, "renew-subscriptions")
        expect(confirmations()).toHaveLength(1)

        await recover(admin)
        await expectRenewedOnce(app, subscription)
      })
    })

    describe("a payment that cannot be made at the provider", () => {
      it.each<[Effect, "before" | "after"]>([
        ["500", "before"],
        ["500", "after"],
        ["reset", "after"],
        ["429", "before"],
        ["idempotency_error", "before"],
      ])(
        "%s %s",
        async (effect, when) => {
          const subscription = await makeSubscription(app)
          // More often than Medusa's provider tries by itself.
          const times = 4
          app
            .stripe()
            .script({ method: "POST", path: CREATE, times, effect, when })

          await renewDueCycles(app.container())
          for (let run = 0; run < times; run += 1) {
            // Each time later than any back-off.
            await renewAfter((run + 1) / 4)
          }
          await recover(admin)
          await expectRenewedOnce(app, subscription)
        },
        240_000
      )
    })

    describe("a declined card", () => {
      it("ends the tries where no repetition can help (B11)", async () => {
        const subscription = await makeSubscription(app, {
          card: "pm_card_savedLostCard",
        })
        await renewDueCycles(app.container())
        expect(await state(subscription)).toMatchObject({
          status: "uncollectible",
          subscription_status: "past_due",
          next_attempt_at: null,
          failure_code: "lost_card",
        })
        expect(await renewAfter(30)).toMatchObject({ claimed: 0 })
        await recover(admin)
        expect(confirmations()).toHaveLength(1)
      })

      it("leaves the subscription past due, whatever fails in between", async () => {
        const subscription = await makeSubscription(app, {
          card: "pm_card_savedLostCard",
        })
        const repair = await failAt(app, {
          table: "portal_subscription",
          on: "update",
        })
        await renewDueCycles(app.container()).catch(() => undefined)
        await repair()
        expect((await state(subscription)).status).toBe("charging")
        await recover(admin)
        expect(await state(subscription)).toMatchObject({
          status: "uncollectible",
          subscription_status: "past_due",
        })
        expect(confirmations()).toHaveLength(1)
      })

      it("is tried on the retry dates, with one payment for ever (B1, B2, B12)", async () => {
        const subscription = await makeSubscription(app)
        app.stripe().setCardBehaviour(subscription.paymentMethodId ?? "", {
          decline: "insufficient_funds",
          declineTimes: 3,
        })
        const retries = [0, 1, 3, 5]
        for (const [index, day] of retries.entries()) {
          if (day > 0) {
            // An hour early there is nothing to do.
            expect(await renewAfter(day - 1 / 24)).toMatchObject({ claimed: 0 })
          }
          expect(await renewAfter(day)).toMatchObject({ claimed: 1 })
          const next = retries[index + 1]
          if (next !== undefined) {
            expect(await state(subscription)).toMatchObject({
              status: "retry_scheduled",
              subscription_status: "past_due",
              attempt: index + 1,
              next_attempt_at: days(next),
              failure_code: "insufficient_funds",
            })
          }
        }
        await expectRenewedOnce(app, subscription)
        const { provider_payment_id: intent } = await state(subscription)
        expect(creations()).toHaveLength(1)
        expect(
          confirmations().map(({ path, idempotencyKey }) => [
            path,
            idempotencyKey,
          ])
        ).toStrictEqual(
          retries.map((_, index) => [
            `/v1/payment_intents/${intent}/confirm`,
            `${subscription.cycleId}:${index + 1}`,
          ])
        )
      })

      it("is given up after the last date", async () => {
        const subscription = await makeSubscription(app, {
          card: "pm_card_savedInsufficientFunds",
        })
        for (const day of [0, 1, 3, 5, 7]) {
          await renewAfter(day)
        }
        expect(await state(subscription)).toMatchObject({
          status: "uncollectible",
          subscription_status: "past_due",
          attempt: 5,
          next_attempt_at: null,
        })
        expect(await renewAfter(30)).toMatchObject({ claimed: 0 })
        expect(app.stripe().capturedCharges()).toStrictEqual([])
      })

      it("is not tried twice in a row after a stop of the store", async () => {
        const subscription = await makeSubscription(app, {
          card: "pm_card_savedInsufficientFunds",
        })
        await renewAfter(0)
        expect(await renewAfter(10)).toMatchObject({ claimed: 1 })
        expect(await state(subscription)).toMatchObject({
          status: "retry_scheduled",
          attempt: 2,
          next_attempt_at: days(12),
        })
      })

      it("gives way to the card that is current at the retry", async () => {
        const subscription = await makeSubscription(app, {
          card: "pm_card_savedInsufficientFunds",
        })
        await renewAfter(0)
        const intent = await paymentOf(subscription)
        const { id: current } = await createStripeClient(
          app.stripe().url
        ).paymentMethods.attach("pm_card_visa", {
          customer: intent?.customer ?? "",
        })
        await app.db(
          "update portal_subscription set payment_method_id = ? where id = ?",
          [current, subscription.id]
        )
        await renewAfter(1)
        await expectRenewedOnce(app, subscription)
        expect(
          confirmations().map(({ params }) => params.payment_method)
        ).toStrictEqual([subscription.paymentMethodId, current])
      })
    })

    /** Lets Stripe's events go to the store. */
    function sendWebhooks(secret = "whsec_double"): void {
      app.stripe().webhooks({
        url: `${app.baseUrl()}/hooks/payment/stripe_stripe`,
        secret,
        mode: "manual",
      })
    }

    /** Sends what Stripe has to say of a success. */
    async function tellOfSuccess(times = 1): Promise<void> {
      const [event] = app.stripe().events("payment_intent.succeeded")
      const deliveries = await app.stripe().deliver(event?.id ?? "", { times })
      for (const { result } of deliveries) {
        expect(result).toStrictEqual({ status: 200 })
      }
    }

    async function webhooksArrive(): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, WEBHOOK_MS + 1_500))
    }

    async function completed(subscription: SubscriptionFixture): Promise<void> {
      await eventually(
        async () =>
          (await state(subscription)).status === "completed" || undefined,
        { timeout: WEBHOOK_MS + 10_000, what: "the completed cycle" }
      )
    }

    describe("a card that wants its customer", () => {
      /** A renewal that waits for 3-D Secure. */
      async function waiting(): Promise<SubscriptionFixture> {
        const subscription = await makeSubscription(app, {
          card: "pm_card_authenticationRequired",
        })
        await renewDueCycles(app.container())
        expect(await state(subscription)).toMatchObject({
          status: "action_required",
          subscription_status: "past_due",
        })
        return subscription
      }

      async function authenticate(
        subscription: SubscriptionFixture
      ): Promise<void> {
        const payment = await paymentOf(subscription)
        const { intent } = await confirmWithCard(
          app.stripe().url,
          payment?.client_secret ?? "",
          subscription.paymentMethodId ?? ""
        )
        expect(intent?.status).toBe("requires_action")
        app.stripe().authenticate(payment?.id ?? "")
      }

      it("is asked for once, and settled by the job (B11)", async () => {
        const subscription = await waiting()
        await recover(admin)
        expect(await state(subscription)).toMatchObject({
          status: "action_required",
        })
        await authenticate(subscription)
        await recover(admin)
        await expectRenewedOnce(app, subscription)
      })

      it("is settled by a webhook", async () => {
        sendWebhooks()
        const subscription = await waiting()
        await authenticate(subscription)
        await tellOfSuccess()
        await completed(subscription)
        await webhooksArrive()
        await expectRenewedOnce(app, subscription)
      })

      it("is not settled by a forged webhook", async () => {
        const subscription = await waiting()
        await authenticate(subscription)
        const asked = app.stripe().requests.length
        sendWebhooks("whsec_forged")
        await tellOfSuccess()
        await webhooksArrive()
        expect(await state(subscription)).toMatchObject({
          status: "action_required",
        })
        expect(app.stripe().requests).toHaveLength(asked)
        expect(await app.db("select id from payment")).toStrictEqual([])
      })
    })

    describe("a webhook", () => {
      it.each([1, 3])("before the answer, %s times", async (times) => {
        sendWebhooks()
        const subscription = await makeSubscription(app)
        const hold = app
          .stripe()
          .hold({ method: "POST", path: CONFIRM, when: "after" })
        const run = renewDueCycles(app.container())
        await hold.reached
        await tellOfSuccess(times)
        // Core's own handler and ours start at the same moment.
        await completed(subscription)
        hold.release()
        await run
        await recover(admin)
        await expectRenewedOnce(app, subscription)
      })

      it("between the charge and the order", async () => {
        sendWebhooks()
        const subscription = await makeSubscription(app)
        const standstill = await standStillAt(app, {
          table: "order",
          on: "insert",
        })
        const run = renewDueCycles(app.container())
        try {
          await standstill.reached()
          await tellOfSuccess(3)
          await webhooksArrive()
        } finally {
          await standstill.abandon()
        }
        await run
        await recover(admin)
        await expectRenewedOnce(app, subscription)
      })

      it("at the very moment of the answer", async () => {
        const subscription = await makeSubscription(app)
        const hold = app
          .stripe()
          .hold({ method: "POST", path: CONFIRM, when: "after" })
        const run = renewDueCycles(app.container())
        await hold.reached
        sendWebhooks()
        await tellOfSuccess(3)
        await new Promise((resolve) => setTimeout(resolve, WEBHOOK_MS))
        hold.release()
        await run
        await webhooksArrive()
        await recover(admin)
        await expectRenewedOnce(app, subscription)
      })

      it("after everything, three times", async () => {
        sendWebhooks()
        const subscription = await makeSubscription(app)
        await renewDueCycles(app.container())
        await tellOfSuccess(3)
        await webhooksArrive()
        await leaseRunsOut()
        await recover(admin)
        await expectRenewedOnce(app, subscription)
      })
    })
  },
})
