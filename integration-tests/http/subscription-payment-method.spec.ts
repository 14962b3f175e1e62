import { Modules } from "@medusajs/framework/utils"
import {
  expectError,
  FIRST_RENEWAL,
  mailbox,
  ok,
  parallel,
  portalTest,
  registerCustomer,
  setClock,
  statuses,
  STRIPE_PROVIDER,
  waitForMail,
} from "../helpers"
import {
  addCard,
  paidWith,
  setDefault,
  subscribe,
} from "./payment-methods.support"
import { subscriber } from "./subscription-actions.support"
import { ALL_ACTIONS } from "../helpers/subscription-rows"

jest.setTimeout(300_000)

const SOFT = "pm_card_savedInsufficientFunds"
const HARD = "pm_card_savedLostCard"

/** Another saved method for one subscription. */
portalTest({
  stripe: true,
  options: { renewals: { retryDays: [1, 3] } },
  testSuite: (app) => {
    const { admin, anna, act, staff, statusOf, renewAt, attempts, timeline } =
      subscriber(app)

    afterEach(() => {
      app.stripe().reset()
    })

    /** Two saved cards, and a subscription that is paid with the first. */
    async function withCards(first = "pm_card_visa", customer = anna()) {
      const bad = await addCard(app, customer.api, { card: first })
      const good = await addCard(app, customer.api, { card: "pm_card_amex" })
      const [made] = await subscribe(app, customer, bad.payment_method.id, {
        plan: { customer_actions: ALL_ACTIONS },
      })
      return {
        id: made?.id ?? "",
        bad: bad.payment_method.id,
        good: good.payment_method.id,
      }
    }

    const body = (payment_method_id: string) => ({
      payment_method_id,
      provider_id: STRIPE_PROVIDER,
    })

    const captured = () => app.stripe().capturedCharges().length

    it("pays the next charge, and nothing now where nothing is owed", async () => {
      const { id, good } = await withCards()
      const events: unknown[] = []
      app
        .container()
        .resolve(Modules.EVENT_BUS)
        .subscribe(
          "portal.subscription.payment_method_changed",
          ({ data }) => {
            events.push(data)
            return Promise.resolve()
          },
          { subscriberId: "test-method" }
        )
      const answer = ok(await act(id, "payment-method", body(good)))
      expect(answer).toMatchObject({
        payment: null,
        subscription: {
          status: "active",
          payment_method: { payment_method_id: good },
        },
      })
      expect(captured()).toBe(0)
      expect(await timeline(id)).toContain("customer payment_method_changed")
      expect(events).toEqual([{ id, entry_id: expect.any(String) as string }])
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ paid: 1 })
      expect(app.stripe().capturedCharges()[0]?.payment_method).toBe(good)
      const mail = {
        to: anna().email,
        template: "subscription-payment-method-changed",
      }
      await waitForMail(mail)
      expect(mailbox(mail)).toHaveLength(1)
    })

    it.each([
      ["was refused", SOFT],
      ["was refused for good", HARD],
    ])("pays at once what %s", async (_what, card) => {
      const { id, good } = await withCards(card)
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
      expect(ok(await act(id, "payment-method", body(good)))).toMatchObject({
        payment: { status: "paid" },
        subscription: { status: "active", dunning: null },
      })
      expect(captured()).toBe(1)
      expect(await attempts(id)).toBe(1)
    })

    it("answers a refusal of the new one, and the days go on", async () => {
      const { id } = await withCards(SOFT)
      const other = await addCard(app, anna().api, { card: SOFT })
      await renewAt(FIRST_RENEWAL)
      expect(
        ok(await staff(id, "payment-method", body(other.payment_method.id)))
      ).toMatchObject({
        payment: { status: "declined", decline_code: "insufficient_funds" },
        subscription: {
          status: "past_due",
          dunning: { next_try_at: "2026-03-01T10:00:00.000Z", tries_left: 2 },
        },
      })
    })

    it("hands the customer what the bank asks for", async () => {
      const { id } = await withCards(SOFT)
      const asks = await addCard(app, anna().api, {
        card: "pm_card_visa",
      })
      app.stripe().setCardBehaviour(asks.payment_method.id, {
        authentication: "always",
      })
      await renewAt(FIRST_RENEWAL)
      const { payment } = ok(
        await act(id, "payment-method", body(asks.payment_method.id))
      )
      expect(payment).toMatchObject({
        status: "action_required",
        client_secret: expect.stringMatching(/^pi_.+_secret_/) as string,
      })
    })

    it("is one of the customer's own, at a provider of the shop", async () => {
      const { id, bad } = await withCards()
      const mallory = await registerCustomer(app)
      const hers = await addCard(app, mallory.api)
      expectError(
        await act(id, "payment-method", body(hers.payment_method.id)),
        404,
        "not_found"
      )
      expectError(
        await act(id, "payment-method", {
          ...body(bad),
          provider_id: "pp_none",
        }),
        400,
        "payment_provider_unknown"
      )
      expectError(
        await mallory.api.post(
          `/store/portal/subscriptions/${id}/payment-method`,
          body(hers.payment_method.id)
        ),
        404,
        "not_found"
      )
      // Nor does staff give one customer's card to another.
      expectError(
        await staff(id, "payment-method", body(hers.payment_method.id)),
        404,
        "not_found"
      )
      expect(await paidWith(app, id)).toEqual([bad])
      expect((await timeline(id)).join()).not.toContain(
        "payment_method_changed"
      )
    })

    it("charges once, however many change it at once", async () => {
      const { id, bad, good } = await withCards(SOFT)
      const third = await addCard(app, anna().api, { card: "pm_card_visa" })
      await renewAt(FIRST_RENEWAL)
      const methods = [good, third.payment_method.id]
      const all = await parallel(20, (index) =>
        act(id, "payment-method", body(methods[index % 2] ?? bad))
      )
      expect(all.rejected).toEqual([])
      expect(
        Object.keys(statuses(all.fulfilled)).filter(
          (status) => status !== "200" && status !== "409"
        )
      ).toEqual([])
      expect(captured()).toBe(1)
      expect(await attempts(id)).toBe(1)
      expect(await statusOf(id)).toMatchObject({ status: "active" })
      expect(
        all.fulfilled.filter(({ data }) => data.payment?.status === "paid")
      ).toHaveLength(1)
    })

    it("of the default is tried once, by the same way", async () => {
      const { id, good } = await withCards(SOFT)
      await renewAt(FIRST_RENEWAL)
      const done = ok(await setDefault(anna(), good))
      expect(done.retried).toEqual([{ subscription_id: id, outcome: "paid" }])
      expect(captured()).toBe(1)
    })

    it("is open to staff where the plan closes it to customers", async () => {
      const { bad, good } = await withCards()
      const [made] = await subscribe(app, anna(), bad, {
        plan: {
          customer_actions: { ...ALL_ACTIONS, change_payment_method: false },
        },
      })
      const id = made?.id ?? ""
      expectError(
        await act(id, "payment-method", body(good)),
        400,
        "action_not_offered"
      )
      ok(await staff(id, "payment-method", body(good)))
      expect(await paidWith(app, id)).toEqual([good])
      await setClock(admin(), FIRST_RENEWAL)
    })
  },
})
