import { verifySubscriptionItems } from "../../src/workflows/carts/verify-subscription-items"
import {
  addLine,
  expectError,
  ok,
  portalTest,
  registerCustomer,
} from "../helpers"
import {
  add,
  createPlan,
  createPromotion,
  emptyCart,
  feeOf,
  lineOf,
  read,
  rowsOf,
  type Cart,
} from "./cart-items.support"

jest.setTimeout(240_000)

portalTest({
  testSuite: (app) => {
    const COFFEE = "COFFEE-250"
    let monthly: string
    let weekly: string
    let trial: string
    let fee: string

    beforeAll(async () => {
      monthly = await createPlan(app, [COFFEE, "TEA-BOX"], {
        handle: "monthly",
        first_discount: { type: "percent", value: 20 },
        recurring_discount: { type: "percent", value: 10 },
      })
      weekly = await createPlan(app, [COFFEE], {
        handle: "weekly",
        interval: "week",
        first_discount: {
          type: "fixed_price",
          prices: { eur: 7, usd: 8 },
        },
      })
      trial = await createPlan(app, [COFFEE], {
        handle: "trial",
        trial_days: 14,
      })
      fee = await createPlan(app, [COFFEE], {
        handle: "fee",
        setup_fee: { eur: 5, usd: 6 },
      })
    })

    const verify = (cartId: string) =>
      verifySubscriptionItems(app.container(), cartId)
    const path = (cartId: string, lineId: string) =>
      `/store/carts/${cartId}/subscription-items/${lineId}`
    const corePath = (cartId: string, lineId: string) =>
      `/store/carts/${cartId}/line-items/${lineId}`

    it("adds a line at the plan's price, with tax in it", async () => {
      const id = await emptyCart(app)
      const { cart } = ok(await add(app, id, COFFEE, monthly, 2))
      expect(cart.items).toHaveLength(1)
      expect(lineOf(cart, monthly)).toMatchObject({
        quantity: 2,
        unit_price: 7.92,
        compare_at_unit_price: 9.9,
        is_tax_inclusive: true,
        metadata: {
          portal_plan_name: "monthly",
          interval: "month",
          interval_count: 1,
          recurring_unit_price: 8.91,
          trial_days: 0,
        },
      })
      expect(cart.total).toBeCloseTo(15.84, 6)
      expect(cart.tax_total).toBeCloseTo(15.84 - 15.84 / 1.19, 6)
      await expect(verify(id)).resolves.toMatchObject({
        ok: true,
        items: [{ quantity: 2, first_unit_price: 7.92, plan_id: monthly }],
      })
    })

    it("adds tax on top where prices are without", async () => {
      const id = await emptyCart(app, "usd", "us")
      const { cart } = ok(await add(app, id, COFFEE, monthly, 2))
      expect(lineOf(cart, monthly)).toMatchObject({
        unit_price: 8.8,
        is_tax_inclusive: false,
      })
      expect(cart.total).toBeCloseTo(17.6 * 1.08, 6)
    })

    it("keeps plans of one variant and a one-off line apart", async () => {
      const id = await emptyCart(app)
      await add(app, id, COFFEE, monthly)
      await addLine(app.store, id, {
        variantId: app.seed.variants[COFFEE]!.id,
        quantity: 3,
      })
      await add(app, id, COFFEE, weekly)
      const { cart } = ok(await add(app, id, COFFEE, monthly, 4))
      expect(
        cart.items.map((line) => [line.quantity, line.unit_price]).sort()
      ).toEqual(
        [
          [5, 7.92],
          [3, 9.9],
          [1, 7],
        ].sort()
      )
      expect(cart.total).toBeCloseTo(5 * 7.92 + 3 * 9.9 + 7, 6)
      await expect(verify(id)).resolves.toMatchObject({ ok: true })
    })

    it("charges nothing now in a trial", async () => {
      const id = await emptyCart(app)
      const { cart } = ok(await add(app, id, COFFEE, trial, 2))
      expect(lineOf(cart, trial)).toMatchObject({
        unit_price: 0,
        compare_at_unit_price: 9.9,
        metadata: { trial_days: 14, recurring_unit_price: 9.9 },
      })
      expect(cart.total).toBe(0)
      // Core refreshes the line with everything else, and it stays free.
      const customer = await registerCustomer(app)
      const moved = ok(
        await customer.api.post<{ cart: Cart }>(`/store/carts/${id}/customer`)
      ).cart
      expect(moved.total).toBe(0)
    })

    it("changes quantity and plan", async () => {
      const id = await emptyCart(app)
      const line = lineOf(ok(await add(app, id, COFFEE, monthly)).cart, monthly)
      const more = ok(
        await app.store.post<{ cart: Cart }>(path(id, line.id), { quantity: 6 })
      ).cart
      expect(more.total).toBeCloseTo(6 * 7.92, 6)
      const other = ok(
        await app.store.post<{ cart: Cart }>(path(id, line.id), {
          plan_id: weekly,
          quantity: 2,
        })
      ).cart
      expect(other.items).toHaveLength(1)
      expect(lineOf(other, weekly)).toMatchObject({
        id: line.id,
        quantity: 2,
        unit_price: 7,
        metadata: { interval: "week" },
      })
      await expect(verify(id)).resolves.toMatchObject({
        ok: true,
        items: [{ plan_id: weekly, quantity: 2 }],
      })
    })

    it("refuses a change to a plan that the cart has already", async () => {
      const id = await emptyCart(app)
      await add(app, id, COFFEE, weekly)
      const line = lineOf(ok(await add(app, id, COFFEE, monthly)).cart, monthly)
      expectError(
        await app.store.post(path(id, line.id), { plan_id: weekly }),
        422,
        "already_exists"
      )
    })

    it("makes the setup fee a line that comes and goes", async () => {
      const id = await emptyCart(app)
      const { cart } = ok(await add(app, id, COFFEE, fee, 3))
      expect(feeOf(cart)).toMatchObject({
        title: "Setup fee – fee",
        quantity: 1,
        unit_price: 5,
        is_tax_inclusive: true,
      })
      expect(cart.total).toBeCloseTo(3 * 9.9 + 5, 6)
      expect(cart.tax_total).toBeCloseTo(cart.total - cart.total / 1.19, 6)
      const lineId = lineOf(cart, fee).id
      const feeId = feeOf(cart)!.id

      for (const refused of [
        await app.store.delete(corePath(id, feeId)),
        await app.store.post(corePath(id, feeId), { quantity: 2 }),
        await app.store.delete(path(id, feeId)),
        await app.store.post(path(id, feeId), { quantity: 2 }),
      ]) {
        expectError(refused, 400, "setup_fee_line_locked")
      }

      const without = ok(
        await app.store.post<{ cart: Cart }>(path(id, lineId), {
          plan_id: monthly,
        })
      ).cart
      expect(without.items).toHaveLength(1)
      const again = ok(
        await app.store.post<{ cart: Cart }>(path(id, lineId), { plan_id: fee })
      ).cart
      expect(again.items).toHaveLength(2)
      expect(again.total).toBeCloseTo(3 * 9.9 + 5, 6)
      expect(again.tax_total).toBeCloseTo(again.total - again.total / 1.19, 6)
      await expect(verify(id)).resolves.toMatchObject({ ok: true })

      const removed = ok(
        await app.store.delete<{ cart: Cart }>(path(id, lineId))
      ).cart
      expect(removed.items).toEqual([])
      expect(await rowsOf(app, id)).toEqual([])
    })

    it("serves core's routes for a line", async () => {
      const id = await emptyCart(app)
      const line = lineOf(ok(await add(app, id, COFFEE, fee)).cart, fee)
      const { cart } = ok(
        await app.store.post<{ cart: Cart }>(corePath(id, line.id), {
          quantity: 4,
          metadata: { portal_cart_item_id: "pcit_x", gift: true },
        })
      )
      expect(cart.total).toBeCloseTo(4 * 9.9 + 5, 6)
      const [row] = await rowsOf(app, id)
      expect(lineOf(cart, fee).metadata).toMatchObject({
        portal_cart_item_id: row!.id,
        gift: true,
      })
      expect(row).toMatchObject({ quantity: 4 })
      for (const quantity of [1.5, 10_001]) {
        expectError(
          await app.store.post(corePath(id, line.id), { quantity }),
          400,
          "quantity_invalid"
        )
      }
      const other = await emptyCart(app)
      expectError(
        await app.store.delete(corePath(other, line.id)),
        404,
        "not_found"
      )
      const gone = ok(
        await app.store.delete<{ deleted: boolean; parent: Cart }>(
          corePath(id, line.id)
        )
      )
      expect(gone).toMatchObject({
        id: line.id,
        object: "line-item",
        deleted: true,
        parent: { items: [], total: 0 },
      })
      expect(await rowsOf(app, id)).toEqual([])

      const next = lineOf(ok(await add(app, id, COFFEE, fee)).cart, fee)
      const zero = ok(
        await app.store.post<{ cart: Cart }>(corePath(id, next.id), {
          quantity: 0,
        })
      ).cart
      expect(zero.items).toEqual([])
    })

    it("survives a change of the region, codes and payment too", async () => {
      await createPromotion(app, "TEN", 10)
      const id = await emptyCart(app)
      await add(app, id, COFFEE, fee, 2)
      const { cart } = ok(await add(app, id, COFFEE, monthly))
      ok(
        await app.store.post(`/store/carts/${id}/promotions`, {
          promo_codes: ["TEN"],
        })
      )
      ok(await app.store.post("/store/payment-collections", { cart_id: id }))
      const before = await read(app, id)
      expect(before.total).toBeCloseTo(2 * 8.91 + 5 + 7.13, 1)
      expect(before.payment_collection!.amount).toBeCloseTo(before.total, 6)

      const moved = ok(
        await app.store.post<{ cart: Cart }>(`/store/carts/${id}`, {
          region_id: app.seed.regions.usd!.id,
          shipping_address: { country_code: "us" },
        })
      ).cart
      expect(moved.currency_code).toBe("usd")
      expect(moved.items.map((line) => line.id).sort()).toEqual(
        cart.items.map((line) => line.id).sort()
      )
      expect(lineOf(moved, monthly)).toMatchObject({
        unit_price: 8.8,
        is_tax_inclusive: false,
      })
      expect(lineOf(moved, fee)).toMatchObject({ quantity: 2, unit_price: 11 })
      expect(feeOf(moved)).toMatchObject({ unit_price: 6 })
      expect(moved.promotions.map((one) => one.code)).toEqual(["TEN"])
      expect(moved.total).toBeCloseTo(((22 + 8.8) * 0.9 + 6) * 1.08, 1)
      expect(moved.payment_collection).toMatchObject({ currency_code: "usd" })
      expect(moved.payment_collection!.amount).toBeCloseTo(moved.total, 6)
      await expect(verify(id)).resolves.toMatchObject({ ok: true })

      const back = ok(
        await app.store.post<{ cart: Cart }>(`/store/carts/${id}`, {
          region_id: app.seed.regions.eur!.id,
          shipping_address: { country_code: "de" },
        })
      ).cart
      expect(back.total).toBeCloseTo(before.total, 6)
      expect(back.tax_total).toBeCloseTo(before.tax_total, 6)
    })

    it("keeps the price under a promotion", async () => {
      await createPromotion(app, "HALF", 50)
      const id = await emptyCart(app)
      await add(app, id, COFFEE, fee)
      const { cart } = ok(
        await app.store.post<{ cart: Cart }>(`/store/carts/${id}/promotions`, {
          promo_codes: ["HALF"],
        })
      )
      expect(lineOf(cart, fee).unit_price).toBe(9.9)
      expect(cart.total).toBeCloseTo(4.95 + 5, 6)
      const off = ok(
        await app.store.delete<{ cart: Cart }>(
          `/store/carts/${id}/promotions`,
          { promo_codes: ["HALF"] }
        )
      ).cart
      expect(off.total).toBeCloseTo(14.9, 6)
      await expect(verify(id)).resolves.toMatchObject({ ok: true })
    })

    it("follows the price of the customer's group and volume prices", async () => {
      const customer = await registerCustomer(app)
      const customers = app.container().resolve("customer")
      const group = await customers.createCustomerGroups({ name: "Regulars" })
      await customers.addCustomerToGroup({
        customer_id: customer.id,
        customer_group_id: group.id,
      })
      const [set] = await app.db<{ price_set_id: string }>(
        `select price_set_id from product_variant_price_set where variant_id = ?`,
        [app.seed.variants[COFFEE]!.id]
      )
      const price = (amount: number, more: object) => ({
        price_set_id: set!.price_set_id,
        currency_code: "eur",
        amount,
        ...more,
      })
      const list = (title: string, rules: object, prices: object[]) => ({
        title,
        description: title,
        type: "override",
        status: "active",
        rules,
        prices,
      })
      await app
        .container()
        .resolve("pricing")
        .createPriceLists([
          list("Regulars", { "customer.groups.id": [group.id] }, [
            price(8, {}),
            price(6, { min_quantity: 10 }),
          ]),
        ] as never)

      const id = await emptyCart(app)
      await add(app, id, COFFEE, monthly)
      const moved = ok(
        await customer.api.post<{ cart: Cart }>(`/store/carts/${id}/customer`)
      ).cart
      expect(lineOf(moved, monthly)).toMatchObject({
        unit_price: 6.4,
        metadata: { recurring_unit_price: 7.2 },
      })
      expect(moved.total).toBeCloseTo(6.4, 6)
      const many = ok(
        await app.store.post<{ cart: Cart }>(
          corePath(id, lineOf(moved, monthly).id),
          { quantity: 10 }
        )
      ).cart
      expect(lineOf(many, monthly).unit_price).toBe(4.8)
      await expect(verify(id)).resolves.toMatchObject({ ok: true })
    })
  },
})
