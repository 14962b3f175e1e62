import { updateProductsWorkflow } from "@medusajs/medusa/core-flows"
import { Modules } from "@medusajs/framework/utils"
import {
  expectError,
  ok,
  portalTest,
  registerCustomer,
  type HttpClient,
} from "../helpers"
import { PLANS, planSuite } from "./plans.support"

portalTest({
  testSuite: (app) => {
    const plans = planSuite(app)

    it("prices first and later charges in each region", async () => {
      await plans.create({
        first_discount: { type: "percent", value: 50 },
        recurring_discount: { type: "percent", value: 15 },
      })
      const price = async (currency: string) => {
        const [plan] = await plans.offers(`region_id=${plans.region(currency)}`)
        const one = plan!.variants.find(
          (v) => v.variant_id === plans.coffee().id
        )!
        expect(plan!.variants).toHaveLength(2)
        return [
          one.currency_code,
          one.is_tax_inclusive,
          one.list_unit_price,
          one.first_unit_price,
          one.recurring_unit_price,
        ]
      }
      expect(await price("eur")).toEqual(["eur", true, 9.9, 4.95, 8.42])
      expect(await price("usd")).toEqual(["usd", false, 11, 5.5, 9.35])
      expect(await price("jpy")).toEqual(["jpy", true, 1600, 800, 1360])
      expect(await price("kwd")).toEqual(["kwd", false, 3.25, 1.625, 2.763])
    })

    it("answers a trial, a setup fee and no secret of the plan", async () => {
      const { id } = await plans.create({
        trial_days: 14,
        setup_fee: { eur: 4.5 },
        metadata: { internal: true },
      })
      const [plan] = await plans.offers(`region_id=${plans.region("eur")}`)
      expect(plan).toMatchObject({
        id,
        handle: "coffee-monthly",
        interval: "month",
        interval_count: 1,
        trial_days: 14,
        currency_code: "eur",
      })
      expect(plan!.variants).toContainEqual({
        variant_id: plans.coffee().id,
        currency_code: "eur",
        is_tax_inclusive: true,
        list_unit_price: 9.9,
        first_unit_price: 0,
        recurring_unit_price: 9.9,
        setup_fee: 4.5,
        trial_days: 14,
        prepaid_cycles: null,
      })
      for (const hidden of ["metadata", "status", "targets", "setup_fee"]) {
        expect(plan).not.toHaveProperty(hidden)
      }
      // No fee is agreed in dollars: not offered there, rather than for free.
      expect(await plans.offers(`region_id=${plans.region("usd")}`)).toEqual([])
    })

    it("offers by variant, oldest plan first, and hides archived ones", async () => {
      const one = await plans.create({
        handle: "one",
        targets: [
          {
            product_id: plans.coffee().productId,
            variant_id: plans.coffee().id,
          },
        ],
      })
      const two = await plans.create({ handle: "two" })
      const gone = await plans.create({ handle: "gone" })
      ok(await plans.admin.post(`${PLANS}/${gone.id}/archive`))
      await plans.create({
        handle: "tea",
        targets: [{ product_id: plans.sku("TEA-BOX").productId }],
      })

      const query = `region_id=${plans.region("eur")}`
      const found = await plans.offers(query)
      expect(found.map((p) => [p.handle, p.variants.length])).toEqual([
        ["one", 1],
        ["two", 2],
      ])
      expect(found[0]!.variants[0]!.variant_id).toBe(plans.coffee().id)

      const page = await app.store.get(
        `/store/products/${plans.coffee().productId}/subscription-plans?${query}&limit=1&offset=1`
      )
      expect(page.data).toMatchObject({
        subscription_plans: [{ id: two.id }],
        count: 2,
        limit: 1,
        offset: 1,
      })
      ok(await plans.admin.delete(`${PLANS}/${one.id}`))
      expect(await plans.offers(query)).toHaveLength(1)
    })

    it("takes the prices of a customer's groups", async () => {
      await plans.create({ recurring_discount: { type: "percent", value: 10 } })
      const customer = await registerCustomer(app)
      const customers = app.container().resolve(Modules.CUSTOMER)
      const group = await customers.createCustomerGroups({ name: "VIP" })
      await customers.addCustomerToGroup({
        customer_id: customer.id,
        customer_group_id: group.id,
      })
      ok(
        await plans.admin.post("/admin/price-lists", {
          title: "VIP",
          description: "Half price",
          status: "active",
          type: "override",
          rules: { "customer.groups.id": [group.id] },
          prices: [
            { amount: 5, currency_code: "eur", variant_id: plans.coffee().id },
          ],
        })
      )
      const query = `region_id=${plans.region("eur")}`
      const later = async (client: HttpClient) =>
        (await plans.offers(query, client))[0]!.variants.find(
          (v) => v.variant_id === plans.coffee().id
        )!.recurring_unit_price
      expect(await later(app.store)).toBe(8.91)
      expect(await later(customer.api)).toBe(4.5)
    })

    it("asks for a region that fits", async () => {
      await plans.create()
      const url = `/store/products/${plans.coffee().productId}/subscription-plans`
      const eur = `region_id=${plans.region("eur")}`
      for (const [query, code] of [
        ["", "validation_failed"],
        ["region_id=", "validation_failed"],
        ["region_id=reg_unknown", "validation_failed"],
        ["region_id=%00", "validation_failed"],
        [`${eur}&region_id=${plans.region("usd")}`, "validation_failed"],
        [`${eur}&currency_code=usd`, "currency_mismatch"],
        [`${eur}&currency_code=euro`, "validation_failed"],
        [`${eur}&country_code=us`, "validation_failed"],
        [`${eur}&limit=101`, "validation_failed"],
        [`${eur}&fields=*variants`, "validation_failed"],
      ]) {
        expectError(await app.store.get(`${url}?${query}`), 400, code)
      }
      expect(
        await plans.offers(`${eur}&currency_code=EUR&country_code=DE`)
      ).toHaveLength(1)
    })

    it("hides products that this storefront does not sell", async () => {
      await plans.create()
      const query = `region_id=${plans.region("eur")}`
      const url = (id: string) =>
        `/store/products/${id}/subscription-plans?${query}`
      expectError(await app.store.get(url("prod_unknown")), 404, "not_found")
      expectError(await app.store.get(url("%00")), 404, "not_found")
      // Without a publishable key Medusa refuses by itself.
      expect((await app.api.get(url(plans.coffee().productId))).status).toBe(
        400
      )

      await updateProductsWorkflow(app.container()).run({
        input: {
          selector: { id: plans.coffee().productId },
          update: { status: "draft" },
        },
      })
      expectError(
        await app.store.get(url(plans.coffee().productId)),
        404,
        "not_found"
      )
    })

    it("hides products of other sales channels", async () => {
      await plans.create()
      await updateProductsWorkflow(app.container()).run({
        input: {
          selector: { id: plans.coffee().productId },
          update: { sales_channels: [] },
        },
      })
      expectError(
        await app.store.get(
          `/store/products/${plans.coffee().productId}/subscription-plans?region_id=${plans.region("eur")}`
        ),
        404,
        "not_found"
      )
    })
  },
})
