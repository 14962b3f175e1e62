import { Modules } from "@medusajs/framework/utils"
import type { SubscriptionResponse } from "../../src/types/subscription-http"
import type { DunningPolicy } from "../../src/types/dunning"
import {
  expectError,
  FIRST_RENEWAL,
  ok,
  parallel,
  portalTest,
  runJob,
  setClock,
  statuses,
  STRIPE_PROVIDER,
} from "../helpers"
import { createStripeClient } from "../helpers/payment-stripe-loopback/stripe-client"
import { leaseRunsOut, LEASE_SECONDS } from "../crash/support/recover"
import { subscriber } from "./subscription-actions.support"

jest.setTimeout(300_000)

const SOFT = "pm_card_savedInsufficientFunds"
const HARD = "pm_card_savedLostCard"
const ASKS = "pm_card_authenticationRequired"
const DAY_MS = 86_400_000

/** So many days after the first renewal. */
const day = (count: number) =>
  new Date(new Date(FIRST_RENEWAL).getTime() + count * DAY_MS).toISOString()

portalTest({
  stripe: true,
  options: { renewals: { retryDays: [1, 3], leaseSeconds: LEASE_SECONDS } },
  testSuite: (app) => {
    const {
      admin,
      anna,
      act,
      subscribe,
      open,
      statusOf,
      renewAt,
      attempts,
      timeline,
    } = subscriber(app)

    afterEach(() => {
      app.stripe().reset()
    })

    const failing = (dunning: Partial<DunningPolicy>, card = SOFT) =>
      subscribe({ provider: STRIPE_PROVIDER, card, plan: { dunning } })

    const read = async (id: string) =>
      ok(
        await anna().api.get<SubscriptionResponse>(
          `/store/portal/subscriptions/${id}`
        )
      ).subscription

    const confirms = () =>
      app
        .stripe()
        .requests.filter(
          ({ method, path }) => method === "POST" && path.endsWith("/confirm")
        ).length

    const settle = async () => {
      await leaseRunsOut()
      return await runJob(admin(), "settle-unknown-charges")
    }

    /** Events of a name, from now on. */
    function heard(name: string): unknown[] {
      const events: unknown[] = []
      app
        .container()
        .resolve(Modules.EVENT_BUS)
        .subscribe(
          name,
          ({ data }) => {
            events.push(data)
            return Promise.resolve()
          },
          { subscriberId: `${name}-${Math.random()}` }
        )
      return events
    }

    /** Another card of the same customer at Stripe, on which the subscription goes. */
    async function changeCard(id: string, card = "pm_card_visa") {
      const [intent] = [...app.stripe().state.paymentIntents.values()]
      const { id: method } = await createStripeClient(
        app.stripe().url
      ).paymentMethods.attach(card, { customer: intent?.customer ?? "" })
      await app.db(
        "update portal_subscription set payment_method_id = ? where id = ?",
        [method, id]
      )
    }

    describe("a plan's own days", () => {
      it("come before the options', and the page says what comes", async () => {
        const { id } = await failing({ retry_days: [2, 9], grace_days: 4 })
        expect((await read(id)).dunning).toBeNull()
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
        expect(await read(id)).toMatchObject({
          status: "past_due",
          grace_ends_at: day(4),
          next_charge: { date: day(2) },
          dunning: {
            failure_code: "insufficient_funds",
            first_failed_at: day(0),
            next_try_at: day(2),
            tries_left: 2,
            action_until: null,
            ends_at: null,
            at_end: "unpaid",
          },
        })
        expect(await renewAt(day(1.5))).toMatchObject({ claimed: 0 })
        expect(await renewAt(day(2))).toMatchObject({ declined: 1 })
        expect((await read(id)).dunning).toMatchObject({
          next_try_at: day(9),
          tries_left: 1,
        })
      })

      it("are not used up by tries that somebody asks for", async () => {
        const { id } = await failing({})
        await renewAt(FIRST_RENEWAL)
        await setClock(admin(), day(0.5))
        for (let n = 0; n < 4; n += 1) {
          expect(ok(await act(id, "retry-payment")).payment).toMatchObject({
            status: "declined",
            decline_code: "insufficient_funds",
          })
        }
        expect((await read(id)).dunning).toMatchObject({
          next_try_at: day(1),
          tries_left: 2,
        })
        expect(await renewAt(day(1))).toMatchObject({ declined: 1 })
        expect((await read(id)).dunning).toMatchObject({ next_try_at: day(3) })
      })
    })

    describe("the end of all tries", () => {
      const exhaust = async () => {
        for (const count of [0, 1, 3]) {
          await renewAt(day(count))
        }
      }

      it("cancels, once, and lets nobody pay any more", async () => {
        const { id } = await failing({ at_end: "cancel" })
        const canceled = heard("portal.subscription.canceled")
        await exhaust()
        expect(await statusOf(id)).toMatchObject({ status: "canceled" })
        expect(await open(id)).toMatchObject({ status: "canceled" })
        expect(await read(id)).toMatchObject({
          canceled_at: day(3),
          ended_at: day(3),
          next_charge: null,
          grace_ends_at: null,
          dunning: null,
        })
        await settle()
        await renewAt(day(20))
        expect(canceled).toEqual([
          expect.objectContaining({
            id,
            entry_id: expect.any(String) as string,
          }),
        ])
        expect(
          (await timeline(id)).filter((entry) => entry === "system canceled")
        ).toHaveLength(1)
        // The payment itself can no longer be completed.
        expect(
          [...app.stripe().state.paymentIntents.values()].map(
            ({ status }) => status
          )
        ).toContain("canceled")
        expectError(
          await act(id, "retry-payment"),
          400,
          "subscription_transition_not_allowed"
        )
        expect(await attempts(id)).toBe(0)
      })

      it("pauses with its reason; a new card and a resumption pay", async () => {
        const { id } = await failing({ at_end: "pause" })
        const paused = heard("portal.subscription.paused")
        await exhaust()
        expect(await read(id)).toMatchObject({
          status: "paused",
          paused_at: day(3),
          resumes_at: null,
          next_charge: null,
        })
        const [entry] = await app.db<{ data: unknown }>(
          `select data from portal_subscription_event
            where subscription_id = ? and type = 'paused'`,
          [id]
        )
        expect(entry?.data).toMatchObject({ reason: "payment_failed" })
        expect(paused).toHaveLength(1)
        const before = confirms()
        await renewAt(day(9))
        expect(confirms()).toBe(before)
        await changeCard(id)
        ok(await act(id, "resume", { charge: "now" }))
        expect(await statusOf(id)).toMatchObject({ status: "active" })
        expect(await attempts(id)).toBe(1)
      })

      it("leaves it unpaid, and the customer can pay any time (B10)", async () => {
        const { id } = await failing({ at_end: "unpaid" })
        const unpaid = heard("portal.subscription.unpaid")
        await exhaust()
        expect(await read(id)).toMatchObject({
          status: "past_due",
          next_charge: null,
          dunning: { next_try_at: null, tries_left: 0, at_end: "unpaid" },
        })
        expect(unpaid).toHaveLength(1)
        const before = confirms()
        for (const count of [5, 10, 20]) {
          expect(await renewAt(day(count))).toMatchObject({ claimed: 0 })
        }
        expect(confirms()).toBe(before)
        await changeCard(id)
        expect(ok(await act(id, "retry-payment"))).toMatchObject({
          payment: { status: "paid" },
          subscription: {
            status: "active",
            dunning: null,
            grace_ends_at: null,
          },
        })
        expect(await attempts(id)).toBe(1)
      })
    })

    describe("a card that was refused for good", () => {
      it("is asked no more, and its subscription ends on the last day", async () => {
        const { id } = await failing({ at_end: "cancel" }, HARD)
        const canceled = heard("portal.subscription.canceled")
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
        expect(await read(id)).toMatchObject({
          status: "past_due",
          next_charge: null,
          dunning: {
            // A thief reads no more than this.
            failure_code: "card_declined",
            next_try_at: null,
            tries_left: 0,
            ends_at: day(3),
          },
        })
        expect(await renewAt(day(1))).toMatchObject({ claimed: 0 })
        expect(canceled).toEqual([])
        expect(await renewAt(day(3))).toMatchObject({ ended: 1 })
        expect(await statusOf(id)).toMatchObject({ status: "canceled" })
        expect(confirms()).toBe(1)
        expect(canceled).toHaveLength(1)
      })

      it("gives way to another one until then", async () => {
        const { id } = await failing({ at_end: "pause" }, HARD)
        await renewAt(FIRST_RENEWAL)
        await changeCard(id)
        expect((await read(id)).dunning).toMatchObject({ next_try_at: day(3) })
        expect(await renewAt(day(3))).toMatchObject({ paid: 1 })
        expect(await statusOf(id)).toMatchObject({ status: "active" })
        expect(confirms()).toBe(2)
      })
    })

    describe("card networks' bounds", () => {
      it("hold for a customer's tries and for the planned ones", async () => {
        const { id } = await failing({ retry_days: [1, 2, 3] })
        const [card] = await app.db<{ holder: string; method: string }>(
          `select account_holder_id as holder, payment_method_id as method
             from portal_subscription where id = ?`,
          [id]
        )
        const other = await subscribe({
          provider: STRIPE_PROVIDER,
          payment: {
            accountHolderId: card?.holder ?? "",
            paymentMethodId: card?.method ?? "",
          },
        })
        await app.db(
          `update portal_subscription_cycle set next_attempt_at = ?, due_at = ?
            where id = ?`,
          [day(60), day(60), other.cycleId]
        )
        await renewAt(FIRST_RENEWAL)
        for (let n = 0; n < 9; n += 1) {
          ok(await act(id, "retry-payment"))
        }
        expect(confirms()).toBe(10)
        const refused = await act(id, "retry-payment")
        expectError(refused, 409, "too_many_charge_tries")
        expect(refused.data).toMatchObject({ details: { retry_at: day(1) } })
        // The card is the same one, whichever subscription asks.
        expectError(
          await act(other.id, "order-now"),
          409,
          "too_many_charge_tries"
        )
        expect(confirms()).toBe(10)

        expect(await renewAt(day(1))).toMatchObject({ declined: 1 })
        for (let n = 0; n < 4; n += 1) {
          ok(await act(id, "retry-payment"))
        }
        expect(confirms()).toBe(15)
        const over = await act(id, "retry-payment")
        expectError(over, 409, "too_many_charge_tries")
        expect(over.data).toMatchObject({ details: { retry_at: day(30) } })
        // No planned try fits before the end any more: there is none.
        await renewAt(day(2))
        expect(confirms()).toBe(15)
        expect(await open(id)).toMatchObject({ status: "uncollectible" })
        expect((await read(id)).dunning).toMatchObject({
          failure_code: "too_many_tries",
        })
        // With another card there is.
        await changeCard(id)
        expect(ok(await act(id, "retry-payment")).payment).toMatchObject({
          status: "paid",
        })
      })

      it("are not all: a customer asks so often an hour", async () => {
        const { id } = await subscribe()
        const all = await parallel(40, () =>
          act(id, "order-now", { expected_total: 1 })
        )
        expect(statuses(all.fulfilled)).toEqual({ 409: 30, 429: 10 })
        const limited = all.fulfilled.find(({ status }) => status === 429)
        expect(limited?.data).toMatchObject({
          code: "rate_limited",
          details: { retry_after: expect.any(Number) as number },
        })
        expect(await open(id)).toMatchObject({ status: "scheduled" })
      })
    })

    it("tries the way to the provider by minutes and uses up no try", async () => {
      const { id } = await subscribe({ provider: STRIPE_PROVIDER })
      app.stripe().script({
        method: "POST",
        path: "/v1/payment_intents",
        times: 100,
        effect: "500",
        when: "before",
      })
      const minutes = (count: number) => day(count / 1440)
      expect(await renewAt(minutes(0))).toMatchObject({ postponed: 1 })
      expect(await open(id)).toMatchObject({
        status: "retry_scheduled",
        next_attempt_at: new Date(minutes(0)),
      })
      expect(await renewAt(minutes(0))).toMatchObject({ postponed: 1 })
      expect(await open(id)).toMatchObject({
        next_attempt_at: new Date(minutes(5)),
      })
      expect(await renewAt(minutes(4))).toMatchObject({ claimed: 0 })
      expect(await renewAt(minutes(5))).toMatchObject({ postponed: 1 })
      expect(await open(id)).toMatchObject({
        next_attempt_at: new Date(minutes(15)),
      })
      expect(await statusOf(id)).toMatchObject({ status: "active" })
    })

    describe("a bank that wants to hear from the customer", () => {
      it("is waited for so many days, and then the plan's days go on", async () => {
        const { id } = await failing({ action_required_days: 2 }, ASKS)
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({
          action_required: 1,
        })
        expect(await read(id)).toMatchObject({
          status: "past_due",
          dunning: {
            failure_code: "authentication_required",
            action_until: day(2),
            tries_left: 2,
          },
        })
        // Asking again does not lengthen it.
        await setClock(admin(), day(1))
        ok(await act(id, "retry-payment"))
        expect((await read(id)).dunning).toMatchObject({ action_until: day(2) })
        await settle()
        expect(await open(id)).toMatchObject({ status: "action_required" })

        await setClock(admin(), day(2))
        await settle()
        expect(await open(id)).toMatchObject({ status: "retry_scheduled" })
        expect((await read(id)).dunning).toMatchObject({
          failure_code: "authentication_expired",
          action_until: null,
        })
        // Nobody asks the provider about it any more.
        const asked = app.stripe().requests.length
        await settle()
        expect(app.stripe().requests).toHaveLength(asked)
      })

      it("still takes a confirmation that comes after it", async () => {
        const { id } = await failing({ action_required_days: 1 }, ASKS)
        await renewAt(FIRST_RENEWAL)
        await setClock(admin(), day(1))
        await settle()
        const { payment } = ok(await act(id, "retry-payment"))
        expect(payment).toMatchObject({ status: "action_required" })
        const secret = payment?.client_secret ?? ""
        const intent = secret.split("_secret_")[0] ?? ""
        await createStripeClient(app.stripe().url).paymentIntents.confirm(
          intent,
          { payment_method: "pm_card_visa" }
        )
        await settle()
        expect(await statusOf(id)).toMatchObject({ status: "active" })
        expect(await attempts(id)).toBe(1)
      })
    })
  },
})
