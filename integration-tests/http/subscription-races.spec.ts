import { renewDueCycles } from "../../src/workflows/renewals/renew-due-cycles"
import { settleUnknownCharges } from "../../src/workflows/renewals/settle-cycles"
import {
  expectError,
  FIRST_RENEWAL,
  ok,
  parallel,
  portalTest,
  setClock,
  STRIPE_PROVIDER,
} from "../helpers"
import { ALL_ACTIONS } from "../helpers/subscription-rows"
import { leaseRunsOut, LEASE_SECONDS } from "../crash/support/recover"
import { addCard, paidWith, subscribe } from "./payment-methods.support"
import { subscriber } from "./subscription-actions.support"

jest.setTimeout(300_000)

const CONFIRM = "/v1/payment_intents/{intent}/confirm"
const ASK = "/v1/payment_intents/{intent}"
const SOFT = "pm_card_savedInsufficientFunds"
const DAY_1 = "2026-03-01T10:00:00.000Z"

/**
 * The races of the renewal: one winner, the other a clear 409, and the money right.
 * The charge stands still at the provider while the others come, so that nothing here
 * is a matter of luck. The same with luck, many at once:
 *
 * - two retries at once, and a retry while the job tries: subscription-charge-now
 * - a pause while the job charges: subscription-calendar
 * - a cancellation while the job charges: subscription-cancel
 * - an address while the job charges: subscription-address
 * - two changes of the payment method at once: subscription-payment-method
 * - two defaults at once: payment-methods
 * - two workers, the job and "renew now": crash/workers
 */
portalTest({
  stripe: true,
  options: { renewals: { retryDays: [1, 3], leaseSeconds: LEASE_SECONDS } },
  testSuite: (app) => {
    const { admin, anna, act, open, statusOf, renewAt, attempts } =
      subscriber(app)

    afterEach(() => {
      app.stripe().reset()
    })

    const captured = () => app.stripe().capturedCharges().length

    async function withCards(first = "pm_card_visa") {
      const old = await addCard(app, anna().api, { card: first })
      const other = await addCard(app, anna().api, { card: "pm_card_amex" })
      const [made] = await subscribe(app, anna(), old.payment_method.id, {
        plan: { customer_actions: ALL_ACTIONS },
      })
      return {
        id: made?.id ?? "",
        old: old.payment_method.id,
        change: {
          payment_method_id: other.payment_method.id,
          provider_id: STRIPE_PROVIDER,
        },
      }
    }

    /** A declined charge that the job is trying again, held at Stripe. */
    async function heldRetry() {
      const made = await withCards(SOFT)
      await renewAt(FIRST_RENEWAL)
      app.stripe().setCardBehaviour(made.old, {})
      await setClock(admin(), DAY_1)
      const hold = app
        .stripe()
        .hold({ method: "POST", path: CONFIRM, when: "before" })
      const job = renewDueCycles(app.container())
      await hold.reached
      return {
        ...made,
        finish: async () => {
          hold.release()
          return await job
        },
      }
    }

    it("a customer retries during the job: the job charges, once", async () => {
      const { id, finish } = await heldRetry()
      const { fulfilled } = await parallel(10, () => act(id, "retry-payment"))
      fulfilled.forEach((answer) => {
        expectError(answer, 409, "charge_in_progress")
      })
      expect(await finish()).toMatchObject({ paid: 1 })
      expect(captured()).toBe(1)
      expect(await statusOf(id)).toMatchObject({ status: "active" })
    })

    it("the job comes while a customer retries: the customer charges, once", async () => {
      const { id, old } = await withCards(SOFT)
      await renewAt(FIRST_RENEWAL)
      app.stripe().setCardBehaviour(old, {})
      await setClock(admin(), DAY_1)
      const hold = app
        .stripe()
        .hold({ method: "POST", path: CONFIRM, when: "before" })
      const retry = act(id, "retry-payment")
      await hold.reached
      expect(await renewDueCycles(app.container())).toMatchObject({
        claimed: 0,
      })
      // Nor does a second click.
      expectError(await act(id, "retry-payment"), 409, "charge_in_progress")
      hold.release()
      expect(ok(await retry).payment).toMatchObject({ status: "paid" })
      expect(captured()).toBe(1)
      expect(await attempts(id)).toBe(1)
    })

    it.each([
      ["pause", {}],
      ["cancel", { when: "now" }],
      ["cancel", { when: "period_end" }],
    ])("%s %j while it is charged: the charge wins", async (action, body) => {
      const { id, finish } = await heldRetry()
      expectError(await act(id, action, body), 409, "charge_in_progress")
      await finish()
      expect(await statusOf(id)).toMatchObject({ status: "active" })
      expect(captured()).toBe(1)
      // A moment later it is possible, and costs nothing more.
      ok(await act(id, action, body))
      await renewAt("2026-03-02T10:00:00Z")
      expect(captured()).toBe(1)
    })

    it("the card is changed during a retry: the retry wins, with its card", async () => {
      const { id, old, change, finish } = await heldRetry()
      expectError(
        await act(id, "payment-method", change),
        409,
        "charge_in_progress"
      )
      await finish()
      expect(app.stripe().capturedCharges()).toMatchObject([
        { payment_method: old },
      ])
      expect(await paidWith(app, id)).toEqual([old])
      ok(await act(id, "payment-method", change))
      expect(await paidWith(app, id)).toEqual([change.payment_method_id])
      expect(captured()).toBe(1)
    })

    it("the address is changed during processing: the order goes where it was taxed", async () => {
      const { id, finish } = await heldRetry()
      expectError(
        await act(id, "address", {
          shipping_address: {
            address_1: "Rue de Rivoli 1",
            city: "Paris",
            postal_code: "75001",
            country_code: "fr",
          },
        }),
        409,
        "charge_in_progress"
      )
      await finish()
      expect(captured()).toBe(1)
      const rows = await app.db<{ country_code: string }>(
        `select a.country_code from portal_subscription_cycle c
           join "order" o on o.id = c.order_id
           join order_address a on a.id = o.shipping_address_id
          where c.subscription_id = ? and c.sequence = 1`,
        [id]
      )
      expect(rows).toEqual([{ country_code: "de" }])
    })

    it("two retries at once: one charges", async () => {
      const { id, old } = await withCards(SOFT)
      await renewAt(FIRST_RENEWAL)
      app.stripe().setCardBehaviour(old, {})
      const { fulfilled } = await parallel(20, () => act(id, "retry-payment"))
      const paid = fulfilled.filter(
        ({ data }) => data.payment?.status === "paid"
      )
      expect(paid).toHaveLength(1)
      fulfilled
        .filter((answer) => !paid.includes(answer))
        // Before the winner has it in hand, or after it has paid.
        .forEach(({ status }) => {
          expect([400, 409]).toContain(status)
        })
      expect(captured()).toBe(1)
      expect(await attempts(id)).toBe(1)
    })

    it("the method is changed while the janitor settles: nothing is charged again", async () => {
      const { id, old, change } = await withCards()
      await setClock(admin(), FIRST_RENEWAL)
      // The charge is made, and its answer lost; so is the first question's.
      const lost = { times: 1, effect: "500" } as const
      app
        .stripe()
        .script({ method: "POST", path: CONFIRM, when: "after", ...lost })
      app.stripe().script({ method: "GET", path: ASK, when: "before", ...lost })
      await renewDueCycles(app.container())
      expect(await open(id)).toMatchObject({ status: "unknown" })
      await leaseRunsOut()
      const hold = app
        .stripe()
        .hold({ method: "GET", path: ASK, when: "before" })
      const janitor = settleUnknownCharges(app.container())
      await hold.reached
      // Whether it was charged, nobody knows yet: the change asks for no charge.
      expect(ok(await act(id, "payment-method", change))).toMatchObject({
        payment: null,
      })
      expectError(
        await act(id, "retry-payment"),
        400,
        "subscription_transition_not_allowed"
      )
      hold.release()
      expect(await janitor).toMatchObject({ completed: 1 })
      expect(app.stripe().capturedCharges()).toMatchObject([
        { payment_method: old },
      ])
      expect(await statusOf(id)).toMatchObject({ status: "active" })
      expect(await paidWith(app, id)).toEqual([change.payment_method_id])
      expect(await attempts(id)).toBe(1)
    })
  },
})
