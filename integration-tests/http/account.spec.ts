import type { IOrderModuleService } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { mayMail } from "../../src/workflows/account/preferences"
import {
  adminClient,
  countSql,
  expectError,
  ok,
  parallel,
  portalSession,
  portalTest,
  registerCustomer,
  runJob,
  statuses,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import { insertSubscriptionRow } from "../helpers/subscription-rows"
import { customersErased } from "./account.erased"

jest.setTimeout(240_000)

const PROFILE = "/store/portal/profile"
const ADDRESSES = "/store/portal/addresses"
const PREFERENCES = "/store/portal/communication-preferences"
const OVERVIEW = "/store/portal/overview"
const EXPORT = "/store/portal/data-export"

type Address = {
  id: string
  city: string | null
  is_default_shipping: boolean
  is_default_billing: boolean
}

portalTest({
  testSuite: (app) => {
    let anna: TestCustomer
    let bert: TestCustomer
    let admin: HttpClient

    beforeAll(async () => {
      anna = await registerCustomer(app)
      bert = await registerCustomer(app)
      admin = await adminClient(app)
    })

    /** Orders of a customer with two items each, by core's own module. */
    const insertOrders = (customer: TestCustomer, count: number) =>
      app
        .container()
        .resolve<IOrderModuleService>(Modules.ORDER)
        .createOrders(
          Array.from({ length: count }, () => ({
            customer_id: customer.id,
            email: customer.email,
            currency_code: "eur",
            sales_channel_id: app.seed.salesChannelId,
            items: ["Coffee", "Tea"].map((title) => ({
              title,
              quantity: 2,
              unit_price: 10,
              thumbnail: `https://img.test/${title}.jpg`,
            })),
          }))
        )

    describe("profile", () => {
      it("is read and changed, and nothing of a merchant's with it", async () => {
        await app.db(`update customer set metadata = '{"vip":"no"}'`)
        const { profile } = ok(await anna.api.get<{ profile: object }>(PROFILE))
        expect(profile).toEqual({
          id: anna.id,
          email: anna.email,
          is_email_verified: false,
          has_account: true,
          first_name: "Clara",
          last_name: "Customer",
          company_name: null,
          phone: null,
          locale: null,
        })
        const changed = ok(
          await anna.api.post(PROFILE, {
            first_name: " Änne ",
            phone: "+49 30 1234",
            locale: "de-AT",
          })
        )
        expect(changed).toMatchObject({
          profile: {
            first_name: "Änne",
            last_name: "Customer",
            phone: "+49 30 1234",
            locale: "de-AT",
          },
        })
        ok(await anna.api.post(PROFILE, { phone: null }))
        for (const wrong of [
          { email: bert.email },
          { metadata: { vip: "yes" } },
          { id: bert.id },
          { customer_id: bert.id, first_name: "x" },
        ]) {
          expectError(
            await anna.api.post(PROFILE, wrong),
            400,
            "validation_failed"
          )
        }
        const [row] = await app.db(
          "select email, first_name, phone, metadata from customer where id = ?",
          [anna.id]
        )
        expect(row).toEqual({
          email: anna.email,
          first_name: "Änne",
          phone: null,
          metadata: { vip: "no" },
        })
        const [other] = await app.db(
          "select first_name from customer where id = ?",
          [bert.id]
        )
        expect(other).toEqual({ first_name: "Clara" })
      })

      it("is only read with a scope that reads", async () => {
        const { api } = await portalSession(app, admin, anna.id, {
          scopes: ["profile:r"],
        })
        expect((await api.get(PROFILE)).status).toBe(200)
        for (const answer of [
          await api.post(PROFILE, { first_name: "x" }),
          await api.post(ADDRESSES, { city: "x" }),
          await api.post(PREFERENCES, { categories: { marketing: true } }),
        ]) {
          expectError(answer, 403, "portal_scope_missing")
        }
      })
    })

    describe("addresses", () => {
      const add = async (who: TestCustomer, body: object) =>
        ok(await who.api.post<{ address: Address }>(ADDRESSES, { ...body }))
          .address
      const list = async (who: TestCustomer) =>
        ok(await who.api.get<{ addresses: Address[] }>(ADDRESSES)).addresses

      it("has several, one of them the default for each use", async () => {
        const home = await add(anna, {
          city: "Berlin",
          country_code: "DE",
          is_default_shipping: true,
          is_default_billing: true,
        })
        expect(home).toMatchObject({ city: "Berlin", country_code: "de" })
        const work = await add(anna, {
          city: "Wien",
          is_default_shipping: true,
        })
        expect(await list(anna)).toMatchObject([
          {
            city: "Berlin",
            is_default_shipping: false,
            is_default_billing: true,
          },
          {
            city: "Wien",
            is_default_shipping: true,
            is_default_billing: false,
          },
        ])
        ok(
          await anna.api.post(`${ADDRESSES}/${home.id}`, {
            city: "Potsdam",
            is_default_shipping: true,
          })
        )
        expect(ok(await anna.api.get(`${ADDRESSES}/${work.id}`))).toMatchObject(
          { address: { is_default_shipping: false } }
        )
        const gone = await anna.api.delete(`${ADDRESSES}/${work.id}`)
        expect(gone.data).toEqual({
          id: work.id,
          object: "address",
          deleted: true,
        })
        expectError(
          await anna.api.delete(`${ADDRESSES}/${work.id}`),
          404,
          "not_found"
        )
        expect(await list(anna)).toMatchObject([
          { city: "Potsdam", is_default_shipping: true },
        ])
      })

      it("keeps one default under many changes at once, and refuses none", async () => {
        const { fulfilled } = await parallel(20, (index) =>
          anna.api.post(ADDRESSES, {
            city: `City ${index}`,
            is_default_shipping: true,
            is_default_billing: true,
          })
        )
        expect(statuses(fulfilled)).toEqual({ 201: 20 })
        const all = await list(anna)
        expect(all).toHaveLength(20)
        const turns = await parallel(20, (index) =>
          anna.api.post(`${ADDRESSES}/${all[index]?.id}`, {
            is_default_billing: true,
          })
        )
        expect(statuses(turns.fulfilled)).toEqual({ 200: 20 })
        const after = await list(anna)
        expect(after.filter((one) => one.is_default_shipping)).toHaveLength(1)
        expect(after.filter((one) => one.is_default_billing)).toHaveLength(1)
        // Nobody stands in the way of whoever comes next.
        expect(
          await app.db(
            "select key from portal_payment_claim where key like 'addresses:%'"
          )
        ).toEqual([])
      })

      it("knows no address of somebody else", async () => {
        const { id } = await add(bert, {
          city: "Rom",
          is_default_billing: true,
        })
        const url = `${ADDRESSES}/${id}`
        for (const answer of [
          await anna.api.get(url),
          await anna.api.post(url, { city: "x", is_default_billing: true }),
          await anna.api.delete(url),
        ]) {
          expectError(answer, 404, "not_found")
        }
        expect(await list(bert)).toMatchObject([
          { id, city: "Rom", is_default_billing: true },
        ])
        expect(await list(anna)).toEqual([])
      })
    })

    describe("communication preferences", () => {
      const enabled = async () => {
        const { communication_preferences: found } = ok(
          await anna.api.get<{
            communication_preferences: {
              categories: { category: string; enabled: boolean }[]
            }
          }>(PREFERENCES)
        )
        return found.categories
          .filter((one) => one.enabled)
          .map((one) => one.category)
      }

      it("has marketing off until somebody asks for it", async () => {
        expect(await enabled()).toEqual([
          "renewals",
          "payments",
          "security",
          "wishlist_alerts",
        ])
        const key = { customer_id: anna.id, tenant_id: "default" }
        const may = (category: "marketing" | "renewals" | "security") =>
          mayMail(app.container(), { ...key, category })
        expect([await may("marketing"), await may("renewals")]).toEqual([
          false,
          true,
        ])
        ok(
          await anna.api.post(PREFERENCES, {
            categories: { marketing: true, renewals: false },
          })
        )
        ok(await anna.api.post(PREFERENCES, { locale: "fr" }))
        expect([
          await may("marketing"),
          await may("renewals"),
          await may("security"),
        ]).toEqual([true, false, true])
        expect(ok(await anna.api.get(PROFILE))).toMatchObject({
          profile: { locale: "fr" },
        })
      })

      it("keeps what is required", async () => {
        const refused = await anna.api.post(PREFERENCES, {
          categories: { security: false, marketing: true },
        })
        const body = expectError(refused, 400, "preference_required")
        expect(body.details).toEqual({ categories: ["security"] })
        expect(await app.db("select * from portal_preference")).toEqual([])
      })

      it("keeps each of many changes at once, in one row", async () => {
        const names = ["marketing", "product_updates", "renewals"]
        const { fulfilled } = await parallel(30, (index) =>
          anna.api.post(PREFERENCES, {
            categories: { [names[index % 3] ?? ""]: index % 3 !== 2 },
          })
        )
        expect(statuses(fulfilled)).toEqual({ 200: 30 })
        expect(
          await app.db("select categories from portal_preference")
        ).toEqual([
          {
            categories: {
              marketing: true,
              product_updates: true,
              renewals: false,
            },
          },
        ])
      })
    })

    describe("overview", () => {
      it("says what the home screen needs", async () => {
        await insertOrders(anna, 4)
        await insertOrders(bert, 1)
        const late = await insertSubscriptionRow(app.db, {
          customer_id: anna.id,
          status: "past_due",
        })
        await insertSubscriptionRow(app.db, { customer_id: anna.id })
        await insertSubscriptionRow(app.db, { customer_id: bert.id })
        const { overview } = ok(
          await anna.api.get<{
            overview: { next_charges: object[]; recent_orders: object[] }
          }>(OVERVIEW)
        )
        expect(overview).toMatchObject({
          customer: { id: anna.id, email: anna.email, first_name: "Clara" },
          issues: [
            { type: "subscription_past_due", subscription_id: late.id },
            { type: "email_unverified" },
          ],
          counts: {
            orders: 4,
            subscriptions: 2,
            active_subscriptions: 2,
            members: 0,
            accounts: 0,
          },
        })
        expect(overview.next_charges.length).toBeGreaterThan(0)
        expect(overview.recent_orders).toHaveLength(3)
        expect(overview.recent_orders[0]).toMatchObject({
          total: 40,
          currency_code: "eur",
          status: "pending",
          thumbnails: expect.arrayContaining([
            "https://img.test/Coffee.jpg",
            "https://img.test/Tea.jpg",
          ]) as string[],
        })
      })

      /** Statements of a request but those by which core knows the shop's key. */
      const measure = async (api: HttpClient, path: string) => {
        ok(await api.get(path))
        const { statements } = await countSql(async () =>
          ok(await api.get(path))
        )
        return statements.filter((sql) => !sql.includes("api_key")).length
      }

      it("takes the same few statements whatever somebody has", async () => {
        const session = await portalSession(app, admin, anna.id)
        const both = async () => [
          await measure(session.api, OVERVIEW),
          await measure(anna.api, OVERVIEW),
        ]
        const nothing = await both()
        await insertOrders(anna, 1)
        await insertSubscriptionRow(app.db, { customer_id: anna.id })
        const one = await both()
        await insertOrders(anna, 29)
        for (let index = 0; index < 29; index++) {
          await insertSubscriptionRow(app.db, { customer_id: anna.id })
        }
        const many = await both()
        expect(Math.max(...nothing, ...one, ...many)).toBeLessThanOrEqual(12)
        // Of a login's statements the check for a revocation is one that is
        // remembered for seconds: it may be left out, never come on top.
        expect(Math.max(...many)).toBeLessThanOrEqual(Math.max(...one))
      })

      it("is guarded in two statements", async () => {
        const session = await portalSession(app, admin, anna.id)
        // A route that needs one statement of its own.
        expect(await measure(session.api, ADDRESSES)).toBeLessThanOrEqual(3)
        expect(await measure(anna.api, ADDRESSES)).toBeLessThanOrEqual(3)
      })
    })

    describe("data export", () => {
      it("is one document without a secret, for who is signed in", async () => {
        await insertOrders(anna, 2)
        await insertOrders(bert, 1)
        await insertSubscriptionRow(app.db, { customer_id: anna.id })
        const session = await portalSession(app, admin, anna.id)
        ok(await anna.api.post(ADDRESSES, { city: "Berlin" }))
        expectError(await session.api.get(EXPORT), 403, "step_up_required")
        const answer = await anna.api.get<{
          data_export: {
            orders: { total: number; items: object[] }[]
            subscriptions: object[]
            sessions: object[]
            events: object[]
          }
        }>(EXPORT)
        const { data_export: found } = ok(answer)
        expect(answer.headers.get("content-disposition")).toContain(
          "attachment"
        )
        expect(answer.headers.get("cache-control")).toBe("no-store")
        expect(found).toMatchObject({
          profile: { email: anna.email },
          addresses: [{ city: "Berlin" }],
          communication_preferences: { locale: null },
          sessions: [{ id: session.id }],
          members: [],
        })
        expect(found.orders).toHaveLength(2)
        expect(found.orders[0]).toMatchObject({
          total: 40,
          items: expect.arrayContaining([
            { title: "Coffee", sku: null, quantity: 2, unit_price: 10 },
            { title: "Tea", sku: null, quantity: 2, unit_price: 10 },
          ]) as object[],
        })
        expect(found.subscriptions).toHaveLength(1)
        expect(found.events.length).toBeGreaterThan(1)
        const text = JSON.stringify(found)
        expect(text).not.toContain(bert.id)
        expect(text).not.toContain(session.token)
        expect(text).not.toMatch(/hash|metadata/)
      })

      it("takes the same statements for one order and for 90", async () => {
        await insertOrders(anna, 1)
        ok(await anna.api.get(EXPORT))
        const few = await countSql(async () => ok(await anna.api.get(EXPORT)))
        await insertOrders(anna, 89)
        const many = await countSql(async () => ok(await anna.api.get(EXPORT)))
        // A verdict about the login is read anew each five seconds.
        expect(Math.abs(many.count - few.count)).toBeLessThanOrEqual(1)
      })

      it("is made five times a day", async () => {
        const { fulfilled } = await parallel(10, () => anna.api.get(EXPORT))
        expect(statuses(fulfilled)).toEqual({ 200: 5, 429: 5 })
        expect((await bert.api.get(EXPORT)).status).toBe(200)
      })
    })

    customersErased(app, {
      anna: () => anna,
      bert: () => bert,
      admin: () => admin,
    })

    it("purges what is over, and nothing that lives", async () => {
      const old = await portalSession(app, admin, anna.id)
      const live = await portalSession(app, admin, anna.id)
      await app.db(
        `update portal_session set created_at = now() - interval '91 days',
           session_expires_at = now() - interval '90 days' where id = ?`,
        [old.id]
      )
      await app.db(
        "update portal_rate_limit set expires_at = now() - interval '1 second'"
      )
      const done = await runJob(admin, "purge-expired")
      expect(done).toMatchObject({ counts: { sessions: 1 } })
      const left = await app.db<{ id: string }>("select id from portal_session")
      expect(left.map(({ id }) => id)).toEqual([live.id])
      expect(
        await app.db("select 1 from portal_rate_limit where expires_at < now()")
      ).toEqual([])
      expect((await live.api.get(PROFILE)).status).toBe(200)
    })
  },
})
