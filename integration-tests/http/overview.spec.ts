import { Modules } from "@medusajs/framework/utils"

import type { StoreSeed } from "../../demo/seed"
import {
  adminClient,
  countSql,
  expectError,
  ok,
  portalSession,
  portalTest,
  registerCustomer,
  uniqueEmail,
  type HttpClient,
  type PortalTestApp,
  type SqlCount,
  type TestCustomer,
} from "../helpers"
import {
  insertPlanRow,
  insertSubscriptionRow,
} from "../helpers/subscription-rows"
import type { OverviewView } from "../../src/types/account-http"

jest.setTimeout(240_000)

const OVERVIEW = "/store/portal/overview"
const MOST_STATEMENTS = 12
const { salesChannelId = "" } = JSON.parse(
  process.env.PORTAL_SEED ?? "{}"
) as Partial<StoreSeed>
const OTHER_CHANNEL = "sc_portal_other_shop"

portalTest({
  stripe: true,
  options: {
    tenants: [
      {
        id: "a",
        salesChannelIds: [salesChannelId],
        portalUrl: "https://a.test/account",
      },
      {
        id: "b",
        salesChannelIds: [OTHER_CHANNEL],
        portalUrl: "https://b.test/account",
      },
    ],
  },
  testSuite: (app) => {
    let admin: HttpClient
    let anna: TestCustomer

    beforeAll(async () => {
      admin = await adminClient(app)
      anna = await registerCustomer(app, { first_name: "Anna" })
    })

    const read = async (api: HttpClient) =>
      ok(await api.get<{ overview: OverviewView }>(OVERVIEW)).overview

    it("has nothing to tell of a customer who has nothing", async () => {
      expect(await read(anna.api)).toEqual({
        customer: {
          id: anna.id,
          email: anna.email,
          first_name: "Anna",
          has_account: true,
        },
        next_charges: [],
        issues: [{ type: "email_unverified" }],
        recent_orders: [],
        counts: {
          orders: 0,
          subscriptions: 0,
          active_subscriptions: 0,
          sessions: 0,
          members: 0,
          accounts: 0,
        },
      })
    })

    it("shows the three soonest charges with their amounts", async () => {
      const ids: string[] = []
      for (const day of ["04", "02", "03", "01"]) {
        const { id } = await subscribe(app, anna.id, {
          started_at: `2030-01-${day}T10:00:00.000Z`,
        })
        ids.push(id)
      }
      const ended = await subscribe(app, anna.id, {
        status: "canceled",
        open_cycle: null,
      })
      const { next_charges, counts } = await read(anna.api)
      expect(next_charges.map((one) => one.subscription_id)).toEqual([
        ids[3],
        ids[1],
        ids[2],
      ])
      expect(next_charges[0]).toEqual({
        subscription_id: ids[3],
        title: "Coffee",
        date: "2030-02-01T10:00:00.000Z",
        amount: 10,
        currency_code: "eur",
        is_estimate: expect.any(Boolean) as boolean,
      })
      expect(counts).toMatchObject({
        subscriptions: 5,
        active_subscriptions: 4,
      })
      expect(JSON.stringify(next_charges)).not.toContain(ended.id)
    })

    it("names what waits for the customer, without asking a provider", async () => {
      const due = await subscribe(app, anna.id, { status: "past_due" })
      const action = await subscribe(app, anna.id, {
        status: "past_due",
        started_at: "2030-02-01T10:00:00.000Z",
        open_cycle: { status: "action_required" },
      })
      await subscribe(app, anna.id, {})
      const before = app.stripe().requests.length
      const { issues } = await read(anna.api)
      expect(issues).toEqual([
        { type: "subscription_past_due", subscription_id: due.id },
        { type: "payment_action_required", subscription_id: action.id },
        { type: "email_unverified" },
      ])
      expect(app.stripe().requests).toHaveLength(before)
    })

    it("asks for a proof of the address only until there is one", async () => {
      // Opening a link proves the mailbox, where it was mailed.
      await app.db(
        `insert into portal_security_state (id, customer_id, verified_email)
         values ('pss_test', ?, ?)
         on conflict (customer_id)
         do update set verified_email = excluded.verified_email`,
        [anna.id, anna.email]
      )
      expect((await read(anna.api)).issues).toEqual([])
    })

    it("lists the three last orders, with at most two pictures each", async () => {
      for (const n of [1, 2, 3, 4]) {
        await order(app, { customer_id: anna.id, price: n, pictures: 3 })
      }
      const { recent_orders, counts } = await read(anna.api)
      expect(counts.orders).toBe(4)
      expect(recent_orders.map(({ total }) => total)).toEqual([12, 9, 6])
      expect(recent_orders[0]).toEqual({
        id: expect.stringMatching(/^order_/) as string,
        display_id: expect.any(Number) as number,
        created_at: expect.any(String) as string,
        status: "pending",
        total: 12,
        currency_code: "eur",
        thumbnails: ["https://img.test/0.png", "https://img.test/1.png"],
      })
    })

    it("keeps what belongs to another shop out", async () => {
      await order(app, {
        customer_id: anna.id,
        price: 1,
        sales_channel_id: OTHER_CHANNEL,
      })
      await subscribe(app, anna.id, {
        status: "past_due",
        subscription: { sales_channel_id: OTHER_CHANNEL },
      })
      const overview = await read(anna.api)
      expect(overview).toMatchObject({
        next_charges: [],
        recent_orders: [],
        issues: [{ type: "email_unverified" }],
        counts: { orders: 0, subscriptions: 0 },
      })
    })

    it("shows each of two guests their own, and nothing of the other", async () => {
      const guests = await Promise.all(
        ["Gina", "Gert"].map(async (first_name, index) => {
          const { id } = await app
            .container()
            .resolve(Modules.CUSTOMER)
            .createCustomers({ email: uniqueEmail(), first_name })
          await order(app, { customer_id: id, price: index + 1 })
          const subscription = await subscribe(app, id, {})
          const { api } = await portalSession(app, admin, id, {
            tenant_id: "a",
          })
          return { id, first_name, api, subscription, total: index + 1 }
        })
      )
      for (const guest of guests) {
        const overview = await read(guest.api)
        expect(overview).toMatchObject({
          customer: { id: guest.id, has_account: false },
          next_charges: [{ subscription_id: guest.subscription.id }],
          recent_orders: [{ total: guest.total }],
          // A guest has no login that an unproven address could weaken.
          issues: [],
          counts: { orders: 1, subscriptions: 1, sessions: 1 },
        })
        expect(overview.recent_orders).toHaveLength(1)
        expect(overview.next_charges).toHaveLength(1)
      }
    })

    it("is for nobody without a credential, and takes no query", async () => {
      expectError(await app.store.get(OVERVIEW), 401, "unauthorized")
      expectError(await anna.api.get(`${OVERVIEW}?customer_id=cus_1`), 400)
    })

    it("takes at most twelve statements, for 30 of each as for three", async () => {
      const few = await registerCustomer(app)
      const many = await registerCustomer(app)
      const plan_id = await insertPlanRow(app.db)
      for (const [customer, n] of [
        [few, 3],
        [many, 30],
      ] as const) {
        for (let index = 0; index < n; index++) {
          await order(app, {
            customer_id: customer.id,
            price: index + 1,
            pictures: 2,
          })
          await subscribe(app, customer.id, {
            plan_id,
            items: [{}, {}],
            ...(index % 3 === 0 && { status: "past_due" }),
          })
        }
      }
      const counts: Record<string, number> = {}
      const guards: string[][] = []
      for (const [name, customer] of Object.entries({
        nothing: anna,
        few,
        many,
      })) {
        const { api } = await portalSession(app, admin, customer.id, {
          tenant_id: "a",
        })
        for (const [way, client] of Object.entries({
          login: customer.api,
          session: api,
        })) {
          await read(client)
          const counted = await countSql(() => read(client))
          counts[`${name} by ${way}`] = own(counted).length
          // Refused behind the guard and before the route: the guard alone.
          const guard = await countSql(() => client.get(`${OVERVIEW}?x=1`))
          expect(guard.result.status).toBe(400)
          guards.push(own(guard))
        }
      }
      expect(guards.filter((texts) => texts.length > 2)).toEqual([])
      expect(counts["many by login"]).toBe(counts["few by login"])
      expect(counts["many by session"]).toBe(counts["few by session"])
      // What there is nothing of needs no second look.
      expect(counts["nothing by login"]).toBeLessThanOrEqual(
        counts["few by login"] ?? 0
      )
      expect(Math.min(...Object.values(counts))).toBeGreaterThan(5)
      expect(Math.max(...Object.values(counts))).toBeLessThanOrEqual(
        MOST_STATEMENTS
      )
    })
  },
})

/**
 * All statements of a request but those of the publishable key, which core asks
 * for, and of a connection that the pool happens to open.
 */
const own = ({ statements }: SqlCount<unknown>): string[] =>
  statements.filter(
    (text) =>
      !/"?(api_key|publishable_api_key\w*)"?/.test(text) &&
      !text.startsWith("set search_path")
  )

function subscribe(
  app: PortalTestApp,
  customer_id: string,
  input: Partial<Parameters<typeof insertSubscriptionRow>[1]>
) {
  return insertSubscriptionRow(app.db, {
    customer_id,
    ...input,
    subscription: { sales_channel_id: salesChannelId, ...input.subscription },
  })
}

async function order(
  app: PortalTestApp,
  input: {
    customer_id: string
    price: number
    pictures?: number
    sales_channel_id?: string
  }
): Promise<void> {
  const { customer_id, price, pictures = 1 } = input
  await app
    .container()
    .resolve(Modules.ORDER)
    .createOrders({
      customer_id,
      email: "buyer@shop.test",
      currency_code: "eur",
      sales_channel_id: input.sales_channel_id ?? salesChannelId,
      items: Array.from({ length: pictures }, (_, index) => ({
        title: "Coffee",
        quantity: 1,
        unit_price: price,
        thumbnail: `https://img.test/${index}.png`,
      })),
    })
}
