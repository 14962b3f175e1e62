import type { IApiKeyModuleService } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { StoreSeed } from "../../demo/seed"
import {
  adminClient,
  attackCase,
  mailbox,
  ok,
  parallel,
  portalTest,
  registerCustomer,
  runJob,
  setClock,
  statuses,
  STRIPE_PROVIDER,
  waitForMail,
  type HttpClient,
  type PortalTestApp,
  type TestCustomer,
} from "../helpers"
import { signPayload } from "../helpers/stripe-double/http/webhooks"
import {
  addCard,
  calls,
  defaultsOf,
  DETACH,
  holdersOf,
  listMethods,
  METHODS,
  paidWith,
  remove,
  SECOND,
  setDefault,
  SETUP,
  subscribe,
} from "./payment-methods.support"

jest.setTimeout(240_000)

const { salesChannelId } = JSON.parse(
  process.env.PORTAL_SEED ?? "{}"
) as Partial<StoreSeed>
const CHANNEL_B = "sc_portal_tenant_b"
/** Another provider at the first account. */
const TWIN = "pp_stripe_twin"
const HOOK = "/hooks/portal/stripe"

portalTest({
  stripe: { second: "sk_test_second", twin: "sk_test_double" },
  options: {
    tenants: [
      {
        id: "a",
        salesChannelIds: [salesChannelId],
        paymentProviderIds: [STRIPE_PROVIDER],
        portalUrl: "https://a.test/account",
      },
      {
        id: "b",
        salesChannelIds: [CHANNEL_B],
        paymentProviderIds: [SECOND, TWIN],
        portalUrl: "https://b.test/account",
      },
    ],
  },
  testSuite: (app) => {
    let anna: TestCustomer
    let bert: TestCustomer
    let admin: HttpClient
    /** The same people, in the other shop. */
    let annaAtB: TestCustomer
    let bertAtB: TestCustomer

    beforeAll(async () => {
      const key = await openSecondShop(app)
      const at = (who: TestCustomer): TestCustomer => ({
        ...who,
        api: who.api.with({ "x-publishable-api-key": key }),
      })
      anna = await registerCustomer(app)
      bert = await registerCustomer(app)
      annaAtB = at(anna)
      bertAtB = at(bert)
      admin = await adminClient(app)
    })

    beforeEach(() => app.stripe().reset())

    const portalEvents = (type: string) =>
      app.db<{ customer_id: string; tenant_id: string }>(
        "select customer_id, tenant_id from portal_event where type = ?",
        [type]
      )

    /** An event with a body and signature of our choice. */
    const post = (provider: string, event: object, signature?: string) => {
      const body = JSON.stringify(event)
      return fetch(new URL(`${HOOK}/${provider}`, app.baseUrl()), {
        method: "POST",
        headers: {
          "content-type": "application/json",
          "stripe-signature": signature ?? signPayload(body, "whsec_double"),
        },
        body,
      })
    }
    const eventOf = (type: string) => {
      const event = app.stripe().events(type).at(-1)
      if (!event) {
        throw new Error(`There is no ${type}`)
      }
      return event
    }

    describe("tenants", () => {
      it("knows a tenant's providers only", async () => {
        const atA = await listMethods(anna.api)
        expect(atA.providers.map((one) => one.provider_id)).toEqual([
          STRIPE_PROVIDER,
        ])
        const atB = await listMethods(annaAtB.api)
        expect(atB.providers.map((one) => one.provider_id)).toEqual([
          SECOND,
          TWIN,
        ])
        const wrong = await anna.api.post(`${METHODS}/setup`, {
          provider_id: SECOND,
        })
        expect(wrong.data).toMatchObject({ code: "payment_provider_unknown" })
        expect(app.stripe().requests).toHaveLength(0)
      })

      attackCase("tenant/3", async () => {
        await addCard(app, anna.api)
        await addCard(app, bertAtB.api, {
          card: "pm_card_mastercard",
          provider: SECOND,
        })
        await collide(app)
        const [atA, atB] = [
          await listMethods(anna.api),
          await listMethods(bertAtB.api),
        ]
        expect(atA.payment_methods).toMatchObject([
          { id: "pm_COLLIDE", brand: "visa", is_default: true },
        ])
        expect(atB.payment_methods).toMatchObject([
          { id: "pm_COLLIDE", brand: "mastercard", is_default: true },
        ])
        // Neither sees anything in the other's shop.
        expect((await listMethods(annaAtB.api)).payment_methods).toEqual([])
        expect((await listMethods(bert.api)).payment_methods).toEqual([])
        expect((await remove(annaAtB, "pm_COLLIDE")).status).toBe(404)
        expect((await setDefault(bert, "pm_COLLIDE")).status).toBe(404)
        expect(calls(app, DETACH)).toBe(0)

        const [own] = await subscribe(app, anna, "pm_COLLIDE")
        ok(await remove(bertAtB, "pm_COLLIDE"))
        const detached = app
          .stripe()
          .requests.filter(({ path }) => DETACH.test(path))
        expect(detached.map(({ account }) => account)).toEqual(["second"])
        expect(
          app.stripe().state.paymentMethods.get("pm_COLLIDE")?.customer
        ).toBe("cus_COLLIDE")

        // The word of B's account, in all its forms, is not about A's customer.
        const event = eventOf("payment_method.detached")
        expect(
          (await post("stripe_stripe", event, signedBySecond(event))).status
        ).toBe(400)
        expect((await post("stripe_second", event)).status).toBe(400)
        expect(
          (await post("stripe_second", event, signedBySecond(event))).status
        ).toBe(200)
        expect(await portalEvents("payment_method_detached")).toEqual([
          { customer_id: bert.id, tenant_id: "b" },
        ])
        expect(await paidWith(app, own?.id ?? "")).toEqual(["pm_COLLIDE"])
        expect(await defaultsOf(anna)).toEqual(["pm_COLLIDE"])
      })

      attackCase("tenant/4", async () => {
        await addCard(app, anna.api)
        await addCard(app, annaAtB.api, { provider: TWIN })
        const holders = await holdersOf(app, anna)
        expect(holders.map(({ provider_id }) => provider_id)).toEqual([
          STRIPE_PROVIDER,
          TWIN,
        ])
        expect(new Set(holders.map((one) => one.external_id)).size).toBe(2)
        const made = app
          .stripe()
          .requests.filter(({ path }) => path === "/v1/customers")
        expect(made.map(({ account }) => account)).toEqual(["", ""])
        expect(made.map(({ idempotencyKey }) => idempotencyKey)).toEqual([
          `a:${STRIPE_PROVIDER}:${anna.id}`,
          `b:${TWIN}:${anna.id}`,
        ])
        expect((await listMethods(anna.api)).payment_methods).toHaveLength(1)
        expect((await listMethods(annaAtB.api)).payment_methods).toHaveLength(1)
      })

      attackCase("payment-methods/7", async () => {
        const { fulfilled } = await parallel(100, () =>
          anna.api.post<{ code?: string; retry_after?: number }>(
            `${METHODS}/setup`,
            { provider_id: STRIPE_PROVIDER }
          )
        )
        expect(statuses(fulfilled)).toEqual({ 200: 5, 429: 95 })
        const refusal = fulfilled.find(({ status }) => status === 429)
        expect(refusal?.data.code).toBe("rate_limited")
        expect(refusal?.data.retry_after).toBeGreaterThan(0)
        expect(refusal?.headers.get("retry-after")).toMatch(/^\d+$/)
        expect(calls(app, SETUP)).toBe(5)
        // One piece of news for the merchant, not ninety-five.
        expect(await portalEvents("payment_setup_limited")).toEqual([
          { customer_id: anna.id, tenant_id: "a" },
        ])
        // It is anna's limit, not everybody's.
        await addCard(app, bert.api)
      })
    })

    describe("Stripe's events", () => {
      it("are believed for their signature, for five minutes", async () => {
        const { payment_method } = await addCard(app, anna.api)
        const event = {
          ...eventOf("setup_intent.succeeded"),
          id: "evt_forged",
        }
        const body = JSON.stringify(event)
        const now = Math.floor(Date.now() / 1000)
        for (const signature of [
          "",
          "t=1,v1=00",
          signPayload(body, "whsec_wrong"),
          signPayload(body, "whsec_double", now - 301),
          signPayload(`${body} `, "whsec_double"),
        ]) {
          const answer = await post("stripe_stripe", event, signature)
          expect({ signature, status: answer.status }).toEqual({
            signature,
            status: 400,
          })
          expect(await answer.json()).toMatchObject({ code: "webhook_invalid" })
        }
        for (const provider of [
          "stripe_other",
          "system_default",
          "__proto__",
        ]) {
          expect((await post(provider, event)).status).toBe(404)
        }
        expect(await portalEvents("payment_setup_succeeded")).toEqual([])
        expect(await defaultsOf(anna)).toEqual([payment_method.id])
      })

      it("count once, however often they come", async () => {
        await addCard(app, anna.api)
        const event = eventOf("setup_intent.succeeded")
        app.stripe().webhooks({
          url: `${app.baseUrl()}${HOOK}/stripe_stripe`,
          secret: "whsec_double",
          mode: "manual",
        })
        const answers = await app.stripe().deliver(event.id, { times: 20 })
        expect(answers.map(({ result }) => result)).toEqual(
          Array.from({ length: 20 }, () => ({ status: 200 }))
        )
        expect(await portalEvents("payment_setup_succeeded")).toEqual([
          { customer_id: anna.id, tenant_id: "a" },
        ])
      })

      it("move subscriptions off a card that was removed at Stripe", async () => {
        const first = (await addCard(app, anna.api)).payment_method.id
        const second = (await addCard(app, anna.api)).payment_method.id
        const [subscription] = await subscribe(app, anna, second)
        const id = subscription?.id ?? ""
        const detach = async (method: string) => {
          await detachAtStripe(app, method)
          const event = eventOf("payment_method.detached")
          expect((await post("stripe_stripe", event)).status).toBe(200)
        }
        await detach(second)
        expect(await paidWith(app, id)).toEqual([first])
        // No other card is left: it keeps what it has, and dunning will ask.
        await detach(first)
        expect(await paidWith(app, id)).toEqual([first])
        const [holder] = await holdersOf(app, anna)
        expect(holder?.metadata).toEqual({ default_payment_method_id: null })
      })

      it("can be delivered again after a failure", async () => {
        const first = (await addCard(app, anna.api)).payment_method.id
        const second = (await addCard(app, anna.api)).payment_method.id
        const [subscription] = await subscribe(app, anna, first)
        const id = subscription?.id ?? ""
        await setDefault(anna, second)
        const event = {
          ...eventOf("setup_intent.succeeded"),
          id: "evt_again",
          type: "payment_method.detached",
          data: {
            object: { id: first, customer: null },
            previous_attributes: {
              customer: (await holdersOf(app, anna))[0]?.external_id,
            },
          },
        }
        await detachAtStripe(app, first)
        app.stripe().script({
          path: /payment_methods$/,
          times: 1,
          when: "before",
          effect: "500",
        })
        expect((await post("stripe_stripe", event)).status).toBe(409)
        expect(await paidWith(app, id)).toEqual([first])
        expect(await portalEvents("payment_method_detached")).toEqual([])
        expect((await post("stripe_stripe", event)).status).toBe(200)
        expect(await paidWith(app, id)).toEqual([second])
        expect(await portalEvents("payment_method_detached")).toEqual([
          { customer_id: anna.id, tenant_id: "a" },
        ])
      })

      it("are answered only when it is known what became of them", async () => {
        const first = (await addCard(app, anna.api)).payment_method.id
        const second = (await addCard(app, anna.api)).payment_method.id
        const [subscription] = await subscribe(app, anna, first)
        await setDefault(anna, second)
        await detachAtStripe(app, first)
        const event = eventOf("payment_method.detached")
        // The first delivery hangs at Stripe, and Stripe sends the event again.
        const held = app.stripe().hold({
          path: /payment_methods$/,
          when: "before",
        })
        const slow = post("stripe_stripe", event)
        await held.reached
        let isAnswered = false
        const again = post("stripe_stripe", event).finally(() => {
          isAnswered = true
        })
        await new Promise((resolve) => setTimeout(resolve, 500))
        expect(isAnswered).toBe(false)
        app.stripe().script({
          path: /payment_methods$/,
          times: 1,
          when: "before",
          effect: "500",
        })
        held.release()
        const answers = [(await slow).status, (await again).status]
        expect(answers).toContain(200)
        expect(await paidWith(app, subscription?.id ?? "")).toEqual([second])
        expect(await portalEvents("payment_method_detached")).toHaveLength(1)
      })
    })

    describe("cards that end", () => {
      const run = () => runJob<{ counts: object }>(admin, "warn-expiring-cards")

      it("are told of 30 and 7 days before, once each", async () => {
        const used = (await addCard(app, anna.api)).payment_method.id
        // Neither the default nor used: nobody is told of it.
        await addCard(app, anna.api, { card: "pm_card_amex" })
        await subscribe(app, anna, used, { count: 3 })
        await addCard(app, bertAtB.api, { provider: SECOND })

        await setClock(admin, "2040-07-31T12:00:00Z")
        expect(await run()).toMatchObject({ counts: { holders: 2, warned: 0 } })
        const before = calls(app, /payment_methods$/)
        await setClock(admin, "2040-08-01T12:00:00Z")
        expect(await run()).toMatchObject({ counts: { holders: 2, warned: 2 } })
        expect(calls(app, /payment_methods$/) - before).toBe(2)
        const mail = await waitForMail({
          to: anna.email,
          template: "card-expiring",
        })
        expect(mail.content?.text).toContain("4242")
        expect(mail.content?.text).toMatch(/https:\/\/a\.test\/\S+#t=ppl_/)
        const other = await waitForMail({
          to: bert.email,
          template: "card-expiring",
        })
        expect(other.content?.text).toMatch(/https:\/\/b\.test\/\S+#t=ppl_/)
        const stored = await app.db("select * from notification")
        expect(JSON.stringify(stored)).not.toContain("ppl_")

        const together = await parallel(5, run)
        expect(together.rejected).toEqual([])
        expect(mailbox({ template: "card-expiring" })).toHaveLength(2)
        await setClock(admin, "2040-08-25T12:00:00Z")
        expect(await run()).toMatchObject({ counts: { warned: 2 } })
        expect(await run()).toMatchObject({ counts: { warned: 0 } })
        await setClock(admin, "2040-09-01T00:00:00Z")
        expect(await run()).toMatchObject({ counts: { warned: 0 } })
        expect(mailbox({ template: "card-expiring" })).toHaveLength(4)
      })

      it("are told of later where Stripe does not answer", async () => {
        await addCard(app, anna.api)
        await setClock(admin, "2040-08-02T12:00:00Z")
        app.stripe().script({
          path: /payment_methods$/,
          times: 1,
          when: "before",
          effect: "500",
        })
        expect(await run()).toMatchObject({
          counts: { unavailable: 1, warned: 0 },
        })
        expect(await run()).toMatchObject({
          counts: { unavailable: 0, warned: 1 },
        })
      })
    })
  },
})

/** Removes a card behind the store's back, as the merchant can at Stripe. */
async function detachAtStripe(app: PortalTestApp, id: string): Promise<void> {
  await fetch(new URL(`/v1/payment_methods/${id}/detach`, app.stripe().url), {
    method: "POST",
    headers: { authorization: "Bearer sk_test_double" },
  })
}

function signedBySecond(event: object): string {
  return signPayload(JSON.stringify(event), "whsec_second")
}

/** A second sales channel with a key of its own. */
async function openSecondShop(app: PortalTestApp): Promise<string> {
  const container = app.container()
  const channel = { id: CHANNEL_B, name: "Shop B" }
  await container.resolve(Modules.SALES_CHANNEL).createSalesChannels(channel)
  const key = await container
    .resolve<IApiKeyModuleService>(Modules.API_KEY)
    .createApiKeys({ title: "B", type: "publishable", created_by: "test" })
  await container.resolve(ContainerRegistrationKeys.LINK).create({
    [Modules.API_KEY]: { publishable_key_id: key.id },
    [Modules.SALES_CHANNEL]: { sales_channel_id: CHANNEL_B },
  })
  return key.token
}

/** Lets the customers of both accounts, and their cards, have the same ids. */
async function collide(app: PortalTestApp): Promise<void> {
  const stripe = app.stripe()
  for (const store of [stripe.state, stripe.account("second")]) {
    const [customer] = [...store.customers.values()]
    const [method] = [...store.paymentMethods.values()]
    const card = store.cards.get(method?.id ?? "")
    if (!customer || !method || !card) {
      throw new Error("The account has no card")
    }
    store.customers.set("cus_COLLIDE", { ...customer, id: "cus_COLLIDE" })
    store.paymentMethods.set("pm_COLLIDE", {
      ...method,
      id: "pm_COLLIDE",
      customer: "cus_COLLIDE",
    })
    store.cards.set("pm_COLLIDE", card)
  }
  await app.db(
    `update account_holder set external_id = 'cus_COLLIDE',
       data = data || '{"id": "cus_COLLIDE"}',
       metadata = '{"default_payment_method_id": "pm_COLLIDE"}'`
  )
}
