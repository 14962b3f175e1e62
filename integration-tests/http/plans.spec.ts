import type {
  AdminSubscriptionPlanListResponse,
  AdminSubscriptionPlanResponse,
} from "../../src/types/plans"
import {
  expectError,
  ok,
  parallel,
  portalTest,
  registerCustomer,
  statuses,
} from "../helpers"
import { PLANS, planSuite } from "./plans.support"

portalTest({
  testSuite: (app) => {
    const plans = planSuite(app)

    it("creates a plan with every default", async () => {
      const plan = await plans.create()
      expect(plan).toEqual({
        id: expect.stringMatching(/^plan_/),
        handle: "coffee-monthly",
        name: "Coffee every month",
        description: null,
        status: "active",
        interval: "month",
        interval_count: 1,
        first_discount: null,
        recurring_discount: null,
        setup_fee: null,
        trial_days: 0,
        trial_requires_payment_method: true,
        min_cycles: null,
        max_cycles: null,
        anchor_type: "purchase",
        anchor_day: null,
        price_policy: "grandfathered",
        stock_policy: "wait",
        stock_wait_days: 3,
        missed_period_policy: "charge_current",
        customer_actions: {
          cancel: true,
          pause: true,
          skip: true,
          reschedule: true,
          order_now: true,
          change_plan: true,
          change_items: true,
          change_address: true,
          change_payment_method: true,
        },
        action_limits: null,
        retention_offers: null,
        reminder_days: null,
        prepaid_cycles: null,
        prepaid_renews: true,
        customer_group_id: null,
        entitlements: null,
        meters: null,
        dunning: null,
        metadata: null,
        targets: [
          {
            id: expect.stringMatching(/^plant_/),
            product_id: plans.coffee().productId,
            variant_id: null,
          },
        ],
        active_subscriptions: 0,
        created_at: expect.any(String),
        updated_at: expect.any(String),
      })
    })

    it("keeps all that it is given", async () => {
      const given = {
        description: "Fresh each month?",
        interval: "week",
        interval_count: 2,
        first_discount: { type: "percent", value: 12.5 },
        recurring_discount: {
          type: "fixed_price",
          prices: { eur: 8.5, jpy: 1400, kwd: 3.125 },
        },
        setup_fee: { eur: 4.5, usd: 0 },
        trial_days: 14,
        trial_requires_payment_method: false,
        min_cycles: 2,
        max_cycles: 12,
        anchor_type: "day_of_week",
        anchor_day: 1,
        price_policy: "current",
        stock_policy: "skip",
        stock_wait_days: 0,
        missed_period_policy: "charge_each",
        metadata: { note: "a ? and a $1", deep: [1, { x: null }] },
      }
      const plan = await plans.create({
        ...given,
        customer_actions: { pause: false },
        targets: [
          {
            product_id: plans.coffee().productId,
            variant_id: plans.coffee().id,
          },
        ],
      })
      expect(plan).toMatchObject({
        ...given,
        customer_actions: { pause: false, cancel: true },
        targets: [{ variant_id: plans.coffee().id }],
      })
      const read = await plans.admin.get(`${PLANS}/${plan.id}`)
      expect(read.data).toEqual({ subscription_plan: plan })
    })

    it("changes what it is told and leaves the rest", async () => {
      const plan = await plans.create({ customer_actions: { pause: false } })
      const { subscription_plan: changed } = ok(
        await plans.admin.post<AdminSubscriptionPlanResponse>(
          `${PLANS}/${plan.id}`,
          {
            name: "Coffee",
            interval: "week",
            recurring_discount: { type: "percent", value: 10 },
            customer_actions: { skip: false },
            targets: [
              { product_id: plans.coffee().productId },
              { product_id: plans.sku("TEA-BOX").productId },
            ],
          }
        )
      )
      expect(changed).toMatchObject({
        handle: "coffee-monthly",
        name: "Coffee",
        interval: "week",
        recurring_discount: { type: "percent", value: 10 },
        customer_actions: { pause: false, skip: false, cancel: true },
      })
      expect(changed.targets).toHaveLength(2)
      // The target that stays keeps its id.
      expect(changed.targets).toContainEqual(plan.targets[0])

      const { subscription_plan: emptied } = ok(
        await plans.admin.post<AdminSubscriptionPlanResponse>(
          `${PLANS}/${plan.id}`,
          { targets: [], recurring_discount: null }
        )
      )
      expect(emptied).toMatchObject({ targets: [], recurring_discount: null })
      expect(emptied.customer_actions).toEqual(changed.customer_actions)
    })

    it("lists with filters, order and pages in SQL", async () => {
      const tea = { product_id: plans.sku("TEA-BOX").productId }
      await plans.create({ handle: "a", name: "Alpha 100%" })
      await plans.create({
        handle: "b",
        name: "Beta",
        targets: [
          tea,
          {
            product_id: plans.coffee().productId,
            variant_id: plans.coffee().id,
          },
          {
            product_id: plans.coffee().productId,
            variant_id: plans.sku("COFFEE-1000").id,
          },
        ],
      })
      const gamma = await plans.create({
        handle: "c",
        name: "Gamma",
        targets: [tea],
      })
      ok(await plans.admin.post(`${PLANS}/${gamma.id}/archive`))

      const list = async (query: string) => {
        const answer = ok(
          await plans.admin.get<AdminSubscriptionPlanListResponse>(
            `${PLANS}?${query}`
          )
        )
        return [
          answer.count,
          answer.subscription_plans.map(({ handle }) => handle).join(),
        ]
      }
      expect(await list("")).toEqual([3, "c,b,a"])
      expect(await list("order=name")).toEqual([3, "a,b,c"])
      expect(await list("order=name&limit=1&offset=1")).toEqual([3, "b"])
      expect(await list("order=name&offset=9")).toEqual([3, ""])
      expect(await list("status=archived")).toEqual([1, "c"])
      expect(await list("status=active,archived")).toEqual([3, "c,b,a"])
      expect(await list("handle=a")).toEqual([1, "a"])
      expect(await list("handle=a,c&order=handle")).toEqual([2, "a,c"])
      expect(await list("q=bet")).toEqual([1, "b"])
      expect(await list("q=nothing")).toEqual([0, ""])
      // Two targets of one product are one plan, in the count as well.
      const product_id = plans.coffee().productId
      expect(await list(`product_id=${product_id}&order=name`)).toEqual([
        2,
        "a,b",
      ])
      expect(await list(`product_id=${product_id}&order=name&limit=1`)).toEqual(
        [2, "a"]
      )
      expect(await list("product_id=prod_unknown")).toEqual([0, ""])
      expect(ok(await plans.admin.get(PLANS))).toMatchObject({
        limit: 15,
        offset: 0,
      })
    })

    it.each([
      "limit=0",
      "limit=101",
      "limit=-1",
      "limit=1.5",
      "limit=x",
      "offset=-1",
      "order=secret",
      "order=metadata",
      "status=gone",
      "product_id=%00",
      "q=%00",
      "fields=*targets",
      "unknown=1",
      "handle[$ne]=a",
    ])("refuses the list query %s", async (query) => {
      expectError(
        await plans.admin.get(`${PLANS}?${query}`),
        400,
        "validation_failed"
      )
    })

    it("archives and activates, twice as well as once", async () => {
      const { id } = await plans.create()
      for (const [verb, status] of [
        ["archive", "archived"],
        ["archive", "archived"],
        ["activate", "active"],
        ["activate", "active"],
      ]) {
        const answer = ok(
          await plans.admin.post<AdminSubscriptionPlanResponse>(
            `${PLANS}/${id}/${verb}`
          )
        )
        expect(answer.subscription_plan).toMatchObject({ id, status })
      }
      expectError(
        await plans.admin.post(`${PLANS}/${id}/archive`, { status: "active" }),
        400,
        "validation_failed"
      )
    })

    it("deletes a plan that nothing uses, with its targets", async () => {
      const { id } = await plans.create()
      expect(ok(await plans.admin.delete(`${PLANS}/${id}`))).toEqual({
        id,
        object: "subscription_plan",
        deleted: true,
      })
      expect(await plans.tables()).toEqual([{ plans: null, targets: null }])
      expectError(await plans.admin.get(`${PLANS}/${id}`), 404, "not_found")
      // The handle is free again.
      await plans.create()
    })

    it("does not delete a plan that a subscription came from", async () => {
      const { id } = await plans.create()
      await plans.subscribe(id, "canceled")
      const before = await plans.tables()
      expectError(
        await plans.admin.delete(`${PLANS}/${id}`),
        409,
        "plan_in_use"
      )
      expect(await plans.tables()).toEqual(before)
      ok(await plans.admin.post(`${PLANS}/${id}/archive`))
    })

    it("does not delete a plan that lies in a cart", async () => {
      const { id } = await plans.create()
      await app.db(
        `insert into portal_cart_item (id, cart_id, plan_id, product_id,
           variant_id, quantity, currency_code, is_tax_inclusive,
           list_unit_price, raw_list_unit_price, first_unit_price,
           raw_first_unit_price, recurring_unit_price,
           raw_recurring_unit_price)
         values ('pcit_1', 'cart_1', ?, 'p', 'v', 1, 'eur', true,
           1, '{}', 1, '{}', 1, '{}')`,
        [id]
      )
      expectError(
        await plans.admin.delete(`${PLANS}/${id}`),
        409,
        "plan_in_use"
      )
      await app.db("update portal_cart_item set deleted_at = now()")
      ok(await plans.admin.delete(`${PLANS}/${id}`))
    })

    it("lets one of many deletes win", async () => {
      const { id } = await plans.create()
      const { fulfilled } = await parallel(8, () =>
        plans.admin.delete(`${PLANS}/${id}`)
      )
      expect(statuses(fulfilled)).toEqual({ 200: 1, 404: 7 })
    })

    it("counts the subscriptions that bill or will", async () => {
      const { id } = await plans.create()
      for (const status of [
        "incomplete",
        "trialing",
        "active",
        "past_due",
        "paused",
        "canceled",
        "expired",
      ]) {
        await plans.subscribe(id, status)
      }
      expect(ok(await plans.admin.get(`${PLANS}/${id}`))).toMatchObject({
        subscription_plan: { active_subscriptions: 4 },
      })
    })

    it("fixes the rhythm of a used plan and nothing else", async () => {
      const { id } = await plans.create()
      await plans.subscribe(id)
      const before = await plans.tables()
      for (const change of [
        { interval: "week" },
        { interval_count: 2 },
        { anchor_type: "day_of_month", anchor_day: 1 },
        { name: "New", interval: "year" },
      ]) {
        expectError(
          await plans.admin.post(`${PLANS}/${id}`, change),
          400,
          "plan_terms_fixed"
        )
      }
      expect(await plans.tables()).toEqual(before)

      ok(
        await plans.admin.post(`${PLANS}/${id}`, {
          handle: "coffee-new",
          name: "New",
          description: "Other",
          interval: "month",
          first_discount: { type: "percent", value: 50 },
          setup_fee: { eur: 1 },
          trial_days: 7,
          stock_policy: "charge",
          customer_actions: { cancel: false },
          targets: [],
        })
      )
    })

    it("makes exactly one plan of 20 with one handle at once", async () => {
      const { fulfilled } = await parallel(20, () =>
        plans.admin.post(PLANS, plans.body())
      )
      expect(statuses(fulfilled)).toEqual({ 200: 1, 422: 19 })
      for (const answer of fulfilled.filter(({ status }) => status > 299)) {
        expectError(answer, 422, "already_exists")
      }
      const rows = await app.db(
        `select (select count(*)::int from portal_subscription_plan) plans,
           (select count(*)::int from portal_subscription_plan_target) targets`
      )
      expect(rows).toEqual([{ plans: 1, targets: 1 }])
    })

    it("refuses another plan's handle in a change", async () => {
      await plans.create()
      const { id } = await plans.create({ handle: "other" })
      const before = await plans.tables()
      expectError(
        await plans.admin.post(`${PLANS}/${id}`, { handle: "coffee-monthly" }),
        422,
        "already_exists"
      )
      expect(await plans.tables()).toEqual(before)
    })

    it("judges two changes at once on the plan as it becomes", async () => {
      const { id } = await plans.create({ max_cycles: 10 })
      const { fulfilled } = await parallel(10, (index) =>
        plans.admin.post(
          `${PLANS}/${id}`,
          index % 2 ? { min_cycles: 8 } : { max_cycles: 4 }
        )
      )
      expect(statuses(fulfilled)).toMatchObject({ 200: 5, 400: 5 })
      const [plan] = await app.db<{ min_cycles: number; max_cycles: number }>(
        "select min_cycles, max_cycles from portal_subscription_plan"
      )
      expect(plan!.min_cycles ?? 0).toBeLessThanOrEqual(plan!.max_cycles)
    })

    it("answers 404 for an unknown plan on every route", async () => {
      for (const id of ["plan_unknown", "%00", "a%20b"]) {
        const url = `${PLANS}/${id}`
        for (const answer of [
          await plans.admin.get(url),
          await plans.admin.post(url, { name: "x" }),
          await plans.admin.post(`${url}/archive`),
          await plans.admin.post(`${url}/activate`),
          await plans.admin.delete(url),
        ]) {
          expectError(answer, 404, "not_found")
        }
      }
    })

    it("is for admins only", async () => {
      const customer = await registerCustomer(app)
      for (const client of [app.api, app.store, customer.api]) {
        expect((await client.get(PLANS)).status).toBe(401)
        expect((await client.post(PLANS, plans.body())).status).toBe(401)
      }
    })
  },
})
