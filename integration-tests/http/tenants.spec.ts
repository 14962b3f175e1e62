import type { IOrderModuleService } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"

import { PORTAL_ROUTES } from "../../src/api/_lib/portal-routes"
import { customerInTenant } from "../../src/workflows/tenants/customer-in-tenant"
import { findTenant } from "../../src/workflows/tenants/tenants"
import {
  adminClient,
  attackCase,
  countSql,
  expectError,
  ok,
  portalSession,
  portalTest,
  registerCustomer,
  type HttpClient,
  type TestCustomer,
} from "../helpers"
import { insertSubscriptionRow } from "../helpers/subscription-rows"
import { openShops, TWO_TENANTS, type Shops } from "./tenants.support"

jest.setTimeout(240_000)

const SUBSCRIPTIONS = "/store/portal/subscriptions"

portalTest({
  options: TWO_TENANTS,
  testSuite: (app) => {
    let anna: TestCustomer
    let admin: HttpClient
    let shops: Shops

    beforeAll(async () => {
      shops = await openShops(app)
      anna = await registerCustomer(app)
      admin = await adminClient(app)
    })

    const insertOrder = (customer: TestCustomer, channel: string) =>
      app
        .container()
        .resolve<IOrderModuleService>(Modules.ORDER)
        .createOrders({
          customer_id: customer.id,
          email: customer.email,
          currency_code: "eur",
          sales_channel_id: channel,
          items: [{ title: "Coffee", quantity: 1, unit_price: 5 }],
        })
    const insertSubscription = (
      customer: TestCustomer,
      channel: string | null
    ) =>
      insertSubscriptionRow(app.db, {
        customer_id: customer.id,
        subscription: { sales_channel_id: channel },
      })
    const tenant = (id: string) => {
      const found = findTenant(app.container(), id)
      if (!found) {
        throw new Error(`There is no tenant ${id}`)
      }
      return found
    }

    attackCase("tenant/2", async () => {
      const session = await portalSession(app, admin, anna.id, {
        tenant_id: "a",
      })
      expect((await session.api.get(SUBSCRIPTIONS)).status).toBe(200)
      const before = await contents()
      const api = shops.atB(session.api)
      const routes = Object.entries(PORTAL_ROUTES).filter(
        ([, { needs }]) => needs !== "public"
      )
      expect(routes.length).toBeGreaterThan(30)
      for (const [route] of routes) {
        const [method = "", template = ""] = route.split(" ")
        const url = template.replace(/:\w+/g, session.id)
        const answer =
          method === "GET"
            ? await api.get(url)
            : method === "DELETE"
              ? await api.delete(url)
              : await api.post(url, {})
        expect({ route, status: answer.status }).toEqual({ route, status: 401 })
        expect(answer.data).toMatchObject({ code: "unauthorized" })
        expect(JSON.stringify(answer.data)).not.toContain(anna.id)
      }
      expect(await contents()).toEqual(before)
      expect((await session.api.get(SUBSCRIPTIONS)).status).toBe(200)
    })

    /** What the plugin has stored, but for when a session was last seen. */
    const contents = async () => {
      const tables = await app.db<{ name: string }>(
        "select tablename as name from pg_tables where tablename like 'portal\\_%' and tablename <> 'portal_rate_limit' order by 1"
      )
      return await Promise.all(
        tables.map(async ({ name }) => {
          const [row] = await app.db<{ rows: string }>(
            `select coalesce(string_agg((to_jsonb(t) - 'last_seen_at' - 'idle_expires_at')::text, ',' order by to_jsonb(t)->>'id'), '') as rows from "${name}" t`
          )
          return [name, row?.rows]
        })
      )
    }

    attackCase("tenant/8", async () => {
      const atA = await insertSubscription(anna, shops.channels.a)
      const atB = await insertSubscription(anna, shops.channels.b)
      const nobodys = await insertSubscription(anna, null)
      await insertOrder(anna, shops.channels.a)
      const ids = async (api: HttpClient) =>
        ok(
          await api.get<{ subscriptions: { id: string }[]; count: number }>(
            `${SUBSCRIPTIONS}?limit=10`
          )
        )
      // As A, as B and as A again, with the same queries.
      const readers: [HttpClient, string, string][] = [
        [anna.api, atA.id, atB.id],
        [shops.atB(anna.api), atB.id, atA.id],
        [anna.api, atA.id, atB.id],
      ]
      for (const [api, own, foreign] of readers) {
        expect(await ids(api)).toMatchObject({
          subscriptions: [{ id: own }],
          count: 1,
        })
        expect((await api.get(`${SUBSCRIPTIONS}/${own}`)).status).toBe(200)
        for (const id of [foreign, nobodys.id]) {
          for (const part of [
            "",
            "/next-charge",
            "/schedule",
            "/cycles",
            "/timeline",
          ]) {
            expectError(
              await api.get(`${SUBSCRIPTIONS}/${id}${part}`),
              404,
              "not_found"
            )
          }
        }
      }
      const overview = async (api: HttpClient) =>
        ok(await api.get<{ overview: object }>("/store/portal/overview"))
          .overview
      const counts = (orders: number) => ({
        counts: { orders, subscriptions: 1 },
      })
      expect(await overview(anna.api)).toMatchObject(counts(1))
      expect(await overview(shops.atB(anna.api))).toMatchObject(counts(0))
      expect(await overview(anna.api)).toMatchObject(counts(1))

      const exported = ok(
        await shops.atB(anna.api).get("/store/portal/data-export")
      )
      expect(exported).toMatchObject({
        data_export: { orders: [], subscriptions: [{ id: atB.id }] },
      })
    })

    it("keeps preferences and members of each tenant apart", async () => {
      const PREFERENCES = "/store/portal/communication-preferences"
      ok(await anna.api.post(PREFERENCES, { locale: "de" }))
      const locale = async (api: HttpClient) =>
        ok(
          await api.get<{ communication_preferences: { locale: string } }>(
            PREFERENCES
          )
        ).communication_preferences.locale
      expect(await locale(anna.api)).toBe("de")
      expect(await locale(shops.atB(anna.api))).toBeNull()
      ok(
        await anna.api.post("/store/portal/members", {
          email: "friend@shop.test",
          role: "viewer",
        })
      )
      expect(
        ok(await shops.atB(anna.api).get("/store/portal/members"))
      ).toMatchObject({ members: [], count: 0 })
    })

    it("fails closed for a key of several tenants, and of none", async () => {
      const as = (key: string) =>
        anna.api.with({
          "x-publishable-api-key": key,
          "x-portal-tenant": "b",
        })
      expectError(
        await as(shops.keys.both).get(SUBSCRIPTIONS),
        400,
        "ambiguous_tenant"
      )
      expectError(
        await as(shops.keys.nobody).get(SUBSCRIPTIONS),
        401,
        "tenant_unknown"
      )
    })

    describe("customers of a tenant", () => {
      const inTenant = (id: string, customer_ids: string[]) =>
        customerInTenant(app.container(), { tenant: tenant(id), customer_ids })

      it("are those who registered with its key", async () => {
        const cleo = await registerCustomer({
          ...app,
          store: shops.atB(app.store),
        })
        expect(await inTenant("b", [anna.id, cleo.id])).toEqual([cleo.id])
        expect(await inTenant("a", [anna.id, cleo.id])).toEqual([anna.id])
      })

      it("are those who bought in its channels", async () => {
        const cleo = await registerCustomer(app)
        await insertOrder(cleo, shops.channels.b)
        const { result, count } = await countSql(() =>
          inTenant("b", [anna.id, cleo.id])
        )
        expect(result).toEqual([cleo.id])
        expect(count).toBeLessThanOrEqual(2)
      })

      it("are those who are members of an account there", async () => {
        await app.db(
          `insert into portal_member (id, tenant_id, account_customer_id, email, member_customer_id, role, status)
           values ('pmem_1', 'b', 'cus_other', 'a@shop.test', ?, 'viewer', 'active')`,
          [anna.id]
        )
        expect(await inTenant("b", [anna.id])).toEqual([anna.id])
        await app.db("update portal_member set status = 'removed'")
        expect(await inTenant("b", [anna.id])).toEqual([])
      })
    })
  },
})
