import {
  adminClient,
  confirmWithCard,
  countSql,
  expectError,
  FIRST_RENEWAL,
  mailbox,
  ok,
  parallel,
  portalSession,
  portalTest,
  registerCustomer,
  runJob,
  setClock,
  statuses,
  STRIPE_PROVIDER,
  SYSTEM_PROVIDER,
  waitForMail,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import type { PaymentSetupResponse } from "../../src/types"
import { changesOfAddress } from "./payment-methods.address"
import { paymentMethodAttacks } from "./payment-methods.attacks"
import {
  addCard,
  calls,
  DETACH,
  holdersOf,
  listMethods,
  METHODS,
  defaultsOf,
  paidWith,
  remove,
  setDefault,
  statusOf,
  SETUP,
  subscribe,
} from "./payment-methods.support"

jest.setTimeout(240_000)

const DECLINES_ONCE_DUE = "pm_card_savedInsufficientFunds"

portalTest({
  stripe: true,
  options: {
    limits: {
      paymentSetup: { max: 60 },
      paymentSetupDaily: { max: 100 },
    },
  },
  testSuite: (app) => {
    let anna: TestCustomer
    let bert: TestCustomer
    let admin: HttpClient

    beforeAll(async () => {
      anna = await registerCustomer(app)
      bert = await registerCustomer(app)
      admin = await adminClient(app)
    })

    beforeEach(() => app.stripe().reset())

    /** A subscription whose charge was refused at the first renewal. */
    const pastDue = async (card = DECLINES_ONCE_DUE) => {
      const bad = await addCard(app, anna.api, { card })
      const [subscription] = await subscribe(app, anna, bad.payment_method.id)
      await setClock(admin, FIRST_RENEWAL)
      await runJob(admin, "renew-subscriptions")
      const id = subscription?.id ?? ""
      expect(await statusOf(app, id)).toBe("past_due")
      expect(app.stripe().capturedCharges()).toHaveLength(0)
      return { id, bad: bad.payment_method.id }
    }
    describe("the list", () => {
      it("is empty at first, and says which provider saves", async () => {
        expect(await listMethods(anna.api)).toEqual({
          payment_methods: [],
          providers: [
            { provider_id: STRIPE_PROVIDER, supports: { save: true } },
            { provider_id: SYSTEM_PROVIDER, supports: { save: false } },
          ],
          problems: [],
        })
        expect(app.stripe().requests).toHaveLength(0)
      })

      it("shows what a customer knows a card by, and nothing else", async () => {
        const { payment_method } = await addCard(app, anna.api)
        const [subscription] = await subscribe(app, anna, payment_method.id)
        const answer = await anna.api.get(METHODS)
        expect(answer.headers.get("cache-control")).toBe("no-store")
        const { payment_methods } = await listMethods(anna.api)
        expect(payment_methods).toEqual([
          {
            id: payment_method.id,
            provider_id: STRIPE_PROVIDER,
            type: "card",
            brand: "visa",
            last4: "4242",
            exp_month: 8,
            exp_year: 2040,
            funding: "credit",
            wallet: null,
            is_default: true,
            is_expired: false,
            expires_soon: false,
            used_by: [
              { id: subscription?.id, status: "active", plan_name: "Monthly" },
            ],
          },
        ])
        const [holder] = await holdersOf(app, anna)
        const text = JSON.stringify(answer.data)
        for (const secret of [
          "fingerprint",
          "billing",
          "cus_",
          "acchld_",
          "client_secret",
          holder?.external_id ?? "cus_",
        ]) {
          expect(text).not.toContain(secret)
        }
        expect((await listMethods(bert.api)).payment_methods).toEqual([])
      })

      it("takes four statements beyond the guard, and one call", async () => {
        for (const card of ["pm_card_visa", "pm_card_mastercard"]) {
          const { payment_method } = await addCard(app, anna.api, { card })
          await subscribe(app, anna, payment_method.id, { count: 3 })
        }
        await listMethods(anna.api)
        const before = calls(app, /payment_methods$/)
        // Whatever else the store does meanwhile is counted, too: the quietest run.
        const runs: string[][] = []
        for (let run = 0; run < 3; run++) {
          const { statements } = await countSql(() => listMethods(anna.api))
          runs.push(
            statements.filter(
              (text) =>
                !/"api_key"|"publishable_api_key|from "customer" /.test(text)
            )
          )
        }
        const [own = []] = runs.sort((a, b) => a.length - b.length)
        expect({ count: own.length, own }).toEqual({
          count: 4,
          own: expect.arrayContaining([
            expect.stringContaining("customer_account_holder"),
            expect.stringContaining('"account_holder"'),
            expect.stringContaining("portal_subscription"),
            // Only while the test clock is enabled.
            expect.stringContaining("portal_clock"),
          ]) as unknown,
        })
        expect(calls(app, /payment_methods$/) - before).toBe(runs.length)
      })

      it.each(["500", "reset", "429"] as const)(
        "stands when Stripe answers with %s",
        async (effect) => {
          const { payment_method } = await addCard(app, anna.api)
          app.stripe().script({
            path: /payment_methods$/,
            // Stripe's client repeats a call whose connection was cut.
            times: 10,
            when: "before",
            effect,
          })
          const list = await listMethods(anna.api)
          expect(list.payment_methods).toEqual([])
          expect(list.problems).toEqual([
            { provider_id: STRIPE_PROVIDER, code: "provider_unavailable" },
          ])
          const body = expectError(
            await remove(anna, payment_method.id),
            409,
            "provider_unavailable"
          )
          expect(JSON.stringify(body)).not.toMatch(/stripe\.com|request|limit/i)
          expect(calls(app, DETACH)).toBe(0)
        }
      )
    })

    describe("adding", () => {
      it("answers a client secret and hands on nothing of the client", async () => {
        const { payment_setup } = ok(
          await anna.api.post<PaymentSetupResponse>(`${METHODS}/setup`, {
            provider_id: STRIPE_PROVIDER,
          })
        )
        expect(payment_setup).toEqual({
          provider_id: STRIPE_PROVIDER,
          id: expect.stringMatching(/^seti_/) as string,
          client_secret: expect.stringMatching(/^seti_.*_secret_/) as string,
          status: "requires_payment_method",
        })
        const [holder] = await holdersOf(app, anna)
        const sent = app.stripe().requests.find(({ path }) => SETUP.test(path))
        expect(sent?.params).toEqual({
          customer: holder?.external_id,
          usage: "off_session",
        })
      })

      it("makes the first one the default, and mails once", async () => {
        const first = await addCard(app, anna.api)
        expect(first.payment_method.is_default).toBe(true)
        const second = await addCard(app, anna.api, {
          card: "pm_card_mastercard",
        })
        expect(second.payment_method.is_default).toBe(false)
        const third = await addCard(app, anna.api, {
          card: "pm_card_amex",
          set_default: true,
        })
        expect(await defaultsOf(anna)).toEqual([third.payment_method.id])
        const again = await anna.api.post(`${METHODS}/confirm`, {
          provider_id: STRIPE_PROVIDER,
          setup_id: second.setupId,
        })
        expect(again.status).toBe(200)
        expect(await defaultsOf(anna)).toEqual([third.payment_method.id])
        await waitForMail({ to: anna.email, template: "payment-method-added" })
        const mails = mailbox({ template: "payment-method-added" })
        expect(mails).toHaveLength(3)
        expect(mails[0]?.content?.text).toContain("4242")
        const events = await app.db(
          "select * from portal_event where type = 'payment_method_added' and customer_id = ?",
          [anna.id]
        )
        expect(events).toHaveLength(3)
      })

      it("takes a method by its id, from a fresh list", async () => {
        const { payment_method } = await addCard(app, anna.api)
        const confirm = (who: TestCustomer, id: string) =>
          who.api.post(`${METHODS}/confirm`, {
            provider_id: STRIPE_PROVIDER,
            payment_method_id: id,
            set_default: true,
          })
        expect((await confirm(anna, payment_method.id)).status).toBe(200)
        await addCard(app, bert.api)
        const own = await defaultsOf(bert)
        expectError(await confirm(bert, payment_method.id), 404, "not_found")
        expectError(await confirm(bert, "pm_unknown"), 404, "not_found")
        expect(await defaultsOf(bert)).toEqual(own)
      })

      it("wants the caller's own setup, and one that is done", async () => {
        const { payment_setup } = ok(
          await anna.api.post<PaymentSetupResponse>(`${METHODS}/setup`, {
            provider_id: STRIPE_PROVIDER,
          })
        )
        const confirm = (who: TestCustomer) =>
          who.api.post(`${METHODS}/confirm`, {
            provider_id: STRIPE_PROVIDER,
            setup_id: payment_setup.id,
          })
        const open = expectError(
          await confirm(anna),
          409,
          "payment_setup_incomplete"
        )
        expect(open.details).toEqual({ status: "requires_payment_method" })
        await addCard(app, bert.api)
        await confirmWithCard(
          app.stripe().url,
          payment_setup.client_secret ?? ""
        )
        expectError(await confirm(bert), 404, "not_found")
        expect((await listMethods(bert.api)).payment_methods).toHaveLength(1)
        expect((await confirm(anna)).status).toBe(200)
      })

      it("keeps the default where the customer cannot write", async () => {
        const first = await addCard(app, anna.api)
        const second = await addCard(app, anna.api)
        await anna.api.post("/store/customers/me", {
          metadata: { default_payment_method_id: second.payment_method.id },
        })
        expect(await defaultsOf(anna)).toEqual([first.payment_method.id])
      })
    })

    describe("a new default", () => {
      it("pays what is past due, at once and once", async () => {
        const { id, bad } = await pastDue()
        const before = await listMethods(anna.api)
        expect(before.payment_methods[0]?.used_by).toEqual([
          { id, status: "past_due", plan_name: "Monthly" },
        ])
        const good = await addCard(app, anna.api, { set_default: true })
        expect(good.moved_subscription_ids).toEqual([id])
        expect(good.retried).toEqual([{ subscription_id: id, outcome: "paid" }])
        expect(await statusOf(app, id)).toBe("active")
        const [charge, ...others] = app.stripe().capturedCharges()
        expect(others).toEqual([])
        expect(charge?.payment_method).toBe(good.payment_method.id)
        expect(await paidWith(app, id)).toEqual([good.payment_method.id])

        // Nothing is past due any more: nothing is charged.
        const back = ok(await setDefault(anna, bad))
        expect(back).toMatchObject({ moved_subscription_ids: [], retried: [] })
        expect(app.stripe().capturedCharges()).toHaveLength(1)
      })

      it("answers what has happened, though Stripe goes silent right after", async () => {
        const { id } = await pastDue()
        const good = await addCard(app, anna.api, { card: "pm_card_amex" })
        let lists = 0
        app.stripe().script({
          path: /payment_methods$/,
          match: () => (lists += 1) > 1,
          times: 30,
          when: "before",
          effect: "500",
        })
        const done = ok(await setDefault(anna, good.payment_method.id))
        expect(done).toMatchObject({
          payment_method: { id: good.payment_method.id, is_default: true },
          moved_subscription_ids: [id],
          retried: [{ subscription_id: id, outcome: "paid" }],
        })
        expect(app.stripe().capturedCharges()).toHaveLength(1)
      })

      it("charges once, however many choose at once", async () => {
        const { id } = await pastDue()
        const visa = await addCard(app, anna.api, { set_default: false })
        const amex = await addCard(app, anna.api, { card: "pm_card_amex" })
        const ids = [visa.payment_method.id, amex.payment_method.id]
        const { fulfilled, rejected } = await parallel(20, (index) =>
          setDefault(anna, ids[index % 2] ?? "")
        )
        expect(rejected).toEqual([])
        expect(statuses(fulfilled)).toEqual({ 200: 20 })
        expect(app.stripe().capturedCharges()).toHaveLength(1)
        expect(
          fulfilled
            .flatMap(({ data }) => data.retried)
            .filter(({ outcome }) => outcome === "paid")
        ).toHaveLength(1)
        expect(await statusOf(app, id)).toBe("active")
        const [{ cycles } = { cycles: 0 }] = await app.db<{ cycles: number }>(
          "select count(*)::int as cycles from portal_subscription_cycle where subscription_id = ? and paid_at is not null and sequence > 0",
          [id]
        )
        expect(cycles).toBe(1)
        expect(await defaultsOf(anna)).toHaveLength(1)
      })

      it("moves the other subscriptions where it is asked to", async () => {
        const old = await addCard(app, anna.api)
        const other = await addCard(app, anna.api, { card: "pm_card_amex" })
        const [a] = await subscribe(app, anna, old.payment_method.id)
        const [b] = await subscribe(app, anna, other.payment_method.id)
        const fresh = await addCard(app, anna.api)
        const id = fresh.payment_method.id
        ok(await setDefault(anna, id))
        const both = [a?.id ?? "", b?.id ?? ""]
        expect(await paidWith(app, ...both)).toEqual([
          old.payment_method.id,
          other.payment_method.id,
        ])
        ok(await setDefault(anna, old.payment_method.id))
        const moved = ok(
          await setDefault(anna, id, { apply_to_subscriptions: true })
        )
        expect(moved.moved_subscription_ids).toEqual([a?.id])
        expect(await paidWith(app, ...both)).toEqual([
          id,
          other.payment_method.id,
        ])
        const timeline = await app.db<{ type: string }>(
          "select type from portal_subscription_event where subscription_id = ? and type = 'payment_method_changed'",
          [a?.id ?? ""]
        )
        expect(timeline).toHaveLength(1)
      })
    })

    describe("removing", () => {
      it("takes an unused one away, with a mail and a new default", async () => {
        const first = await addCard(app, anna.api)
        const second = await addCard(app, anna.api, { card: "pm_card_amex" })
        expect(ok(await remove(anna, first.payment_method.id))).toEqual({
          id: first.payment_method.id,
          object: "payment_method",
          deleted: true,
          moved_subscription_ids: [],
        })
        expect(calls(app, DETACH)).toBe(1)
        expect(await defaultsOf(anna)).toEqual([second.payment_method.id])
        const mail = await waitForMail({ template: "payment-method-removed" })
        expect(mail.to).toBe(anna.email)
        ok(await remove(anna, second.payment_method.id))
        expect((await listMethods(anna.api)).payment_methods).toEqual([])
        const [holder] = await holdersOf(app, anna)
        expect(holder?.metadata).toEqual({ default_payment_method_id: null })
      })

      it("moves subscriptions to the method that is named", async () => {
        const used = await addCard(app, anna.api)
        await addCard(app, anna.api)
        const heir = await addCard(app, anna.api, { card: "pm_card_amex" })
        const foreign = await addCard(app, bert.api)
        const [subscription] = await subscribe(
          app,
          anna,
          used.payment_method.id
        )
        const id = used.payment_method.id
        for (const wrong of [foreign.payment_method.id, id, "pm_unknown"]) {
          const answer = await remove(anna, id, `?replace_with=${wrong}`)
          expectError(answer, 404, "not_found")
        }
        expect(calls(app, DETACH)).toBe(0)
        const done = await remove(
          anna,
          id,
          `?replace_with=${heir.payment_method.id}`
        )
        expect(ok(done).moved_subscription_ids).toEqual([subscription?.id])
        expect(await paidWith(app, subscription?.id ?? "")).toEqual([
          heir.payment_method.id,
        ])
      })

      it("leaves one card to a subscription whose cards all go at once", async () => {
        const cards: string[] = []
        for (const card of ["pm_card_visa", "pm_card_amex", "pm_card_visa"]) {
          cards.push((await addCard(app, anna.api, { card })).payment_method.id)
        }
        const [subscription] = await subscribe(app, anna, cards[0] ?? "")
        const { fulfilled } = await parallel(30, (index) =>
          remove(anna, cards[index % 3] ?? "")
        )
        expect(statuses(fulfilled)).toMatchObject({ 200: 2 })
        expect(statuses(fulfilled)[500]).toBeUndefined()
        const { payment_methods: left } = await listMethods(anna.api)
        expect(left).toHaveLength(1)
        expect(await paidWith(app, subscription?.id ?? "")).toEqual([
          left[0]?.id,
        ])
        expect(calls(app, DETACH)).toBe(2)
      })
    })

    describe("a session without payment_methods:w", () => {
      it("reads, and neither adds, chooses nor removes", async () => {
        const first = (await addCard(app, anna.api)).payment_method.id
        const second = (await addCard(app, anna.api)).payment_method.id
        const [subscription] = await subscribe(app, anna, first)
        const { api } = await portalSession(app, admin, anna.id, {
          scopes: ["payment_methods:r", "profile:w", "subscriptions:w"],
        })
        const { payment_methods } = await listMethods(api)
        expect(payment_methods.map(({ id }) => id).sort()).toEqual(
          [first, second].sort()
        )
        const before = app.stripe().requests.length
        for (const answer of [
          await api.post(`${METHODS}/setup`, { provider_id: STRIPE_PROVIDER }),
          await api.post(`${METHODS}/confirm`, {
            provider_id: STRIPE_PROVIDER,
            payment_method_id: second,
            set_default: true,
          }),
          await api.post(`${METHODS}/${second}/default`, {
            apply_to_subscriptions: true,
          }),
          await api.delete(`${METHODS}/${second}`),
          await api.delete(`${METHODS}/${first}?replace_with=${second}`),
          // What there is not is told to nobody who may not ask.
          await api.delete(`${METHODS}/pm_unknown`),
        ]) {
          expectError(answer, 403, "portal_scope_missing")
        }
        expect(app.stripe().requests).toHaveLength(before)
        expect(await defaultsOf(anna)).toEqual([first])
        expect(await paidWith(app, subscription?.id ?? "")).toEqual([first])

        const blind = await portalSession(app, admin, anna.id, {
          scopes: ["profile:r"],
        })
        expectError(await blind.api.get(METHODS), 403, "portal_scope_missing")
      })
    })

    describe("a change of the e-mail address", () => {
      changesOfAddress(app, () => anna)
    })

    describe("attacks", () => {
      paymentMethodAttacks(app, {
        anna: () => anna,
        bert: () => bert,
        admin: () => admin,
      })
    })
  },
})
