import { addSubscriptionItemWorkflow } from "../../src/workflows/carts/add-subscription-item"
import { syncSubscriptionItems } from "../../src/workflows/carts/sync-subscription-items"
import { verifySubscriptionItems } from "../../src/workflows/carts/verify-subscription-items"
import {
  addLine,
  countSql,
  expectError,
  ok,
  parallel,
  portalTest,
  statuses,
} from "../helpers"
import {
  add,
  createPlan,
  emptyCart,
  feeOf,
  lineOf,
  read,
  rowsOf,
  snapshot,
  type Cart,
} from "./cart-items.support"

jest.setTimeout(240_000)

portalTest({
  testSuite: (app) => {
    const COFFEE = "COFFEE-250"
    let monthly: string
    let fee: string
    let euroOnly: string
    let archived: string

    beforeAll(async () => {
      monthly = await createPlan(app, [COFFEE, "MUG-SAND"], {
        handle: "monthly",
        first_discount: { type: "percent", value: 20 },
      })
      fee = await createPlan(app, [COFFEE], {
        handle: "fee",
        setup_fee: { eur: 5, usd: 6 },
      })
      euroOnly = await createPlan(app, [COFFEE], {
        handle: "euro-only",
        first_discount: { type: "fixed_price", prices: { eur: 5 } },
      })
      archived = await createPlan(app, [COFFEE], {
        handle: "archived",
        status: "archived",
      })
    })

    const verify = (cartId: string) =>
      verifySubscriptionItems(app.container(), cartId)
    const items = (cartId: string) =>
      `/store/carts/${cartId}/subscription-items`
    const sync = (cart_id: string) =>
      syncSubscriptionItems(app.container(), { cart_id })

    it("makes one line of 20 parallel additions", async () => {
      const id = await emptyCart(app)
      const { fulfilled } = await parallel(20, () =>
        add(app, id, COFFEE, fee, 1)
      )
      const counts = statuses(fulfilled)
      for (const response of fulfilled.filter(({ status }) => status !== 200)) {
        expectError(response, 409, "cart_busy")
      }
      const cart = await read(app, id)
      expect(cart.items).toHaveLength(2)
      expect(counts[200]).toBeGreaterThan(0)
      expect(lineOf(cart, fee).quantity).toBe(counts[200])
      expect(await rowsOf(app, id)).toMatchObject([{ quantity: counts[200] }])
      await expect(verify(id)).resolves.toMatchObject({ ok: true })
    })

    it("lets the unique index decide where no lock does", async () => {
      const id = await emptyCart(app)
      // Locks of another process are not seen: here none is.
      const locking = app.container().resolve("locking")
      const acquire = jest.spyOn(locking, "acquire").mockResolvedValue()
      const { fulfilled } = await parallel(6, () =>
        add(app, id, COFFEE, fee, 1)
      )
      acquire.mockRestore()
      for (const response of fulfilled.filter(({ status }) => status !== 200)) {
        expectError(response, 409, "cart_busy")
      }
      const cart = await read(app, id)
      expect(cart.items).toHaveLength(2)
      expect(await rowsOf(app, id)).toHaveLength(1)
      await expect(verify(id)).resolves.toMatchObject({ ok: true })
    })

    it("does not believe metadata", async () => {
      const id = await emptyCart(app)
      await add(app, id, COFFEE, fee)
      const [row] = await rowsOf(app, id)
      // A one-off line that pretends to be the subscription's.
      const forged = await addLine(app.store, id, {
        variantId: app.seed.variants[COFFEE]!.id,
        metadata: { portal_cart_item_id: row!.id, portal_plan_id: fee },
      })
      expect(forged.items).toHaveLength(3)
      await expect(verify(id)).resolves.toMatchObject({
        ok: true,
        items: [{ line_item_id: row!.line_item_id, quantity: 1 }],
      })
      // A line that has lost its metadata gets it back and stays what it is.
      await app.db(`update cart_line_item set metadata = '{}' where id = ?`, [
        row!.line_item_id,
      ])
      const cart = ok(
        await app.store.post<{ cart: Cart }>(`/store/carts/${id}`, {
          email: "other@shop.test",
        })
      ).cart
      expect(
        cart.items.find((line) => line.id === row!.line_item_id)!.metadata
      ).toMatchObject({ portal_cart_item_id: row!.id })
      expect(cart.items).toHaveLength(3)
    })

    it("refuses a region in which a subscription has no price", async () => {
      const id = await emptyCart(app)
      await add(app, id, COFFEE, monthly)
      await add(app, id, COFFEE, euroOnly)
      const before = await snapshot(app, id)
      expectError(
        await app.store.post(`/store/carts/${id}`, {
          region_id: app.seed.regions.usd!.id,
        }),
        400,
        "currency_mismatch"
      )
      expect(await snapshot(app, id)).toEqual(before)
      const usd = await emptyCart(app, "usd", "us")
      expectError(
        await add(app, usd, COFFEE, euroOnly),
        400,
        "currency_mismatch"
      )
      expect((await read(app, usd)).items).toEqual([])
    })

    it("refuses bad input and writes nothing", async () => {
      const id = await emptyCart(app)
      const line = lineOf(ok(await add(app, id, COFFEE, monthly)).cart, monthly)
      const other = await emptyCart(app)
      const variant_id = app.seed.variants[COFFEE]!.id
      const good = { variant_id, quantity: 1, plan_id: monthly }
      const before = await snapshot(app, id)

      const bad = (changes: object): [object, number, string] => [
        { ...good, ...changes },
        400,
        "validation_failed",
      ]
      const bodies: [object, number, string][] = [
        ...[0, -1, 1.5, 10_001, 1e300, "1", null, true, [1], {}].map(
          (quantity) => bad({ quantity })
        ),
        ...[1, null, "", "a b", "x".repeat(300), {}, [], "a\0b"].flatMap(
          (value) => [bad({ variant_id: value }), bad({ plan_id: value })]
        ),
        bad({ unit_price: 1 }),
        [{}, 400, "validation_failed"],
        [[good], 400, "validation_failed"],
        [{ ...good, quantity: 10_000 }, 400, "quantity_invalid"],
        [{ ...good, variant_id: "variant_unknown" }, 404, "not_found"],
        [{ ...good, plan_id: "plan_unknown" }, 400, "plan_not_offered"],
        [{ ...good, plan_id: archived }, 400, "plan_archived"],
        [
          { ...good, variant_id: app.seed.variants["TEA-BOX"]!.id },
          400,
          "plan_not_offered",
        ],
      ]
      for (const [body, status, code] of bodies) {
        expectError(
          await app.store.post(items(id), body as Record<string, unknown>),
          status,
          code
        )
      }

      const updates: [string, object, number, string][] = [
        [line.id, {}, 400, "validation_failed"],
        [line.id, { quantity: 0 }, 400, "validation_failed"],
        [line.id, { quantity: -3 }, 400, "validation_failed"],
        [line.id, { quantity: 2, x: 1 }, 400, "validation_failed"],
        [line.id, { variant_id }, 400, "validation_failed"],
        [line.id, { plan_id: "plan_unknown" }, 400, "plan_not_offered"],
        [line.id, { plan_id: archived }, 400, "plan_archived"],
        ["cali_unknown", { quantity: 2 }, 404, "not_found"],
        ["%00", { quantity: 2 }, 404, "not_found"],
      ]
      for (const [lineId, body, status, code] of updates) {
        expectError(
          await app.store.post(
            `${items(id)}/${lineId}`,
            body as Record<string, unknown>
          ),
          status,
          code
        )
      }

      const foreign = `${items(other)}/${line.id}`
      const responses = [
        await app.store.post(foreign, { quantity: 2 }),
        await app.store.delete(foreign),
        await app.store.delete(`${items(id)}/cali_unknown`),
        await app.store.post(items("cart_unknown"), good),
        await app.store.post(items("%00"), good),
        await app.store.post(`/store/carts/${other}/line-items/${line.id}`, {
          quantity: 2,
        }),
      ]
      for (const response of responses) {
        expectError(response, 404, "not_found")
      }
      const fields = await app.store.post(`${items(id)}?fields.a.b=1`, good)
      expectError(fields, 400, "validation_failed")
      const noKey = await app.api.post(items(id), good)
      expect(noKey.status).toBe(400)
      expect(await snapshot(app, id)).toEqual(before)
    })

    it("refuses more than is in stock", async () => {
      const id = await emptyCart(app)
      expectError(await add(app, id, "MUG-SAND", monthly, 500), 400)
      expect((await read(app, id)).items).toEqual([])
      expect(await rowsOf(app, id)).toEqual([])
      const cart = ok(await add(app, id, "MUG-SAND", monthly, 2)).cart
      const before = await snapshot(app, id)
      expectError(
        await app.store.post(`${items(id)}/${lineOf(cart, monthly).id}`, {
          quantity: 500,
        }),
        400
      )
      const after = await snapshot(app, id)
      expect(withoutTimes(after)).toEqual(withoutTimes(before))
      await expect(verify(id)).resolves.toMatchObject({ ok: true })
    })

    it("refuses a completed cart", async () => {
      const id = await emptyCart(app)
      const line = lineOf(ok(await add(app, id, COFFEE, monthly)).cart, monthly)
      await app.db(`update cart set completed_at = now() where id = ?`, [id])
      const before = await snapshot(app, id)
      for (const response of [
        await add(app, id, COFFEE, monthly),
        await app.store.post(`${items(id)}/${line.id}`, { quantity: 2 }),
        await app.store.delete(`${items(id)}/${line.id}`),
        await app.store.delete(`/store/carts/${id}/line-items/${line.id}`),
      ]) {
        expectError(response, 400, "cart_completed")
      }
      expect(await snapshot(app, id)).toEqual(before)
    })

    it("answers the fields that are asked for", async () => {
      const id = await emptyCart(app)
      const { cart } = ok(
        await app.store.post<{ cart: object }>(`${items(id)}?fields=id,total`, {
          variant_id: app.seed.variants[COFFEE]!.id,
          quantity: 1,
          plan_id: monthly,
        })
      )
      expect(cart).toEqual({ id, total: 7.92 })
    })

    it("repairs what a process left when it died", async () => {
      const id = await emptyCart(app)
      const cart = ok(await add(app, id, COFFEE, fee, 2)).cart
      const feeId = feeOf(cart)!.id
      await expect(sync(id)).resolves.toBe(false)

      // Between making the lines and saying so.
      await app.db(
        `update portal_cart_item set line_item_id = null,
         setup_fee_line_item_id = null where cart_id = ?`,
        [id]
      )
      await expect(verify(id)).resolves.toMatchObject({ ok: false })
      await expect(sync(id)).resolves.toBe(true)
      await expect(verify(id)).resolves.toMatchObject({ ok: true })
      expect(await rowsOf(app, id)).toMatchObject([
        { setup_fee_line_item_id: feeId },
      ])

      // A price that somebody has written past us.
      await app.db(
        `update cart_line_item set unit_price = 1,
         raw_unit_price = '{"value":"1","precision":20}' where cart_id = ?`,
        [id]
      )
      await expect(verify(id)).resolves.toEqual({
        ok: false,
        problem: "price_changed",
      })
      await expect(sync(id)).resolves.toBe(true)
      expect((await read(app, id)).total).toBeCloseTo(2 * 9.9 + 5, 6)

      // Between core's change of the region and ours.
      await app.db(
        `update cart_line_item set deleted_at = now() where cart_id = ?`,
        [id]
      )
      await app.db(
        `update cart set region_id = ?, currency_code = 'usd'
         where id = ?`,
        [app.seed.regions.usd!.id, id]
      )
      await expect(verify(id)).resolves.toEqual({
        ok: false,
        problem: "line_missing",
      })
      await expect(sync(id)).resolves.toBe(true)
      const moved = await read(app, id)
      expect(moved.items).toHaveLength(2)
      expect(lineOf(moved, fee)).toMatchObject({ unit_price: 11, quantity: 2 })

      // A line that somebody else has removed stays away, with its fee.
      await app.db(
        `update cart_line_item set deleted_at = now() where id = ?`,
        [lineOf(moved, fee).id]
      )
      await expect(sync(id)).resolves.toBe(true)
      expect((await read(app, id)).items).toEqual([])
      await expect(verify(id)).resolves.toEqual({ ok: true, items: [] })
    })

    it("takes everything back where the last step fails", async () => {
      const id = await emptyCart(app)
      const before = await snapshot(app, id)
      await app.db(
        `create function portal_test_break() returns trigger as
         $$ begin raise exception 'the database has gone'; end $$
         language plpgsql`
      )
      await app.db(
        `create trigger portal_test_break before update on portal_cart_item
         for each row when (new.line_item_id is not null)
         execute function portal_test_break()`
      )
      await expect(
        addSubscriptionItemWorkflow(app.container()).run({
          input: {
            cart_id: id,
            variant_id: app.seed.variants[COFFEE]!.id,
            quantity: 1,
            plan_id: fee,
          },
        })
      ).rejects.toMatchObject({
        message: expect.stringContaining("the database has gone") as string,
      })
      await app.db(`drop trigger portal_test_break on portal_cart_item`)
      expect(await snapshot(app, id)).toEqual(before)
      // The lock is free again.
      ok(await add(app, id, COFFEE, fee))
    })

    it("names what keeps a cart from being completed", async () => {
      const id = await emptyCart(app)
      await add(app, id, COFFEE, fee)
      const problem = async (sql: string, bindings: unknown[]) => {
        await app.db(sql, bindings)
        return await verify(id)
      }
      await expect(
        problem(
          `update cart_line_item set quantity = 3 where cart_id = ? and variant_id is not null`,
          [id]
        )
      ).resolves.toEqual({ ok: false, problem: "quantity_changed" })
      await sync(id)
      await expect(verify(id)).resolves.toMatchObject({
        ok: true,
        items: [{ quantity: 3 }],
      })
      await expect(
        problem(
          `update cart_line_item set deleted_at = now()
           where cart_id = ? and variant_id is null`,
          [id]
        )
      ).resolves.toEqual({ ok: false, problem: "setup_fee_changed" })
      await sync(id)
      await expect(
        problem(
          `update portal_subscription_plan set status = 'archived' where id = ?`,
          [fee]
        )
      ).resolves.toEqual({ ok: false, problem: "plan_archived" })
    })

    it("costs a cart without subscriptions one statement", async () => {
      const id = await emptyCart(app)
      const variantId = app.seed.variants[COFFEE]!.id
      const line = (await addLine(app.store, id, { variantId })).items[0]!
      const base = `/store/carts/${id}`
      const calls: [string, () => Promise<{ status: number }>][] = [
        ["update", () => app.store.post(base, { email: "x@shop.test" })],
        [
          "region",
          () => app.store.post(base, { region_id: app.seed.regions.usd!.id }),
        ],
        [
          "promotions",
          () => app.store.post(`${base}/promotions`, { promo_codes: [] }),
        ],
        [
          "line",
          () =>
            app.store.post(`${base}/line-items/${line.id}`, { quantity: 2 }),
        ],
        [
          "add",
          () =>
            app.store.post(`${base}/line-items`, {
              variant_id: variantId,
              quantity: 1,
            }),
        ],
        ["delete", () => app.store.delete(`${base}/line-items/${line.id}`)],
      ]
      for (const [name, call] of calls) {
        const { result, statements } = await countSql(call)
        expect([name, result.status]).toEqual([name, 200])
        const ours = statements.filter((sql) => sql.includes("portal_"))
        expect([name, ours.length]).toEqual([name, 1])
      }
    })
  },
})

function withoutTimes(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (key, one: unknown) =>
      key === "updated_at" ? undefined : one
    )
  )
}
