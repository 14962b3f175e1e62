import { Modules } from "@medusajs/framework/utils"
import { createSubscription } from "../../src/workflows"
import { makePlan, parallel, portalTest, SYSTEM_PROVIDER } from "../helpers"
import { subscriber } from "./subscription-actions.support"

jest.setTimeout(300_000)

const FIRST_CHARGE = "2026-03-05T08:00:00.000Z"

portalTest({
  testSuite: (app) => {
    const { anna, renewAt, cyclesOf, timeline } = subscriber(app)

    describe("a subscription without an order", () => {
      const agreement = async (more: Record<string, unknown> = {}) => {
        const variant = app.seed.variants["COFFEE-250"]
        const region = app.seed.regions.eur
        if (!variant || !region) {
          throw new Error("The store has no coffee")
        }
        const plan = await makePlan(app, {
          targets: [{ product_id: variant.productId, variant_id: null }],
        } as object)
        const address = {
          first_name: "Anna",
          address_1: "Hafenstr. 1",
          city: "Hamburg",
          postal_code: "20457",
          country_code: "de",
        }
        return {
          customer_id: anna().id,
          plan_id: plan.id,
          region_id: region.id,
          items: [{ variant_id: variant.id, quantity: 2 }],
          first_charge_at: new Date(FIRST_CHARGE),
          shipping_address: address,
          billing_address: null,
          shipping_option_id: region.shipping.standard,
          payment: {
            provider_id: SYSTEM_PROVIDER,
            account_holder_id: null,
            payment_method_id: null,
            is_usable: true,
          },
          actor: { type: "admin" as const, id: "user_1" },
          ...more,
        }
      }

      it("is made once by a key and charged from the chosen date on", async () => {
        const input = await agreement({ idempotency_key: "phone-17" })
        const { fulfilled, rejected } = await parallel(20, () =>
          createSubscription(app.container(), input)
        )
        expect(rejected).toEqual([])
        const ids = new Set(fulfilled.map(({ id }) => id))
        expect(ids.size).toBe(1)
        expect(fulfilled.filter(({ created }) => created)).toHaveLength(1)
        const [id = ""] = ids
        expect(await timeline(id)).toEqual(["admin created"])
        expect(
          await app.db(
            `select s.status, s.origin_order_id, i.origin_line_item_id,
                    i.unit_price, i.tax_rate, e.event_name,
                    e.emitted_at is not null as emitted
               from portal_subscription s
               join portal_subscription_item i on i.subscription_id = s.id
               join portal_subscription_event e on e.subscription_id = s.id`
          )
        ).toEqual([
          {
            status: "active",
            origin_order_id: null,
            origin_line_item_id: null,
            // 5 % off 9.90, half a cent up: 9.405.
            unit_price: "9.41",
            tax_rate: "19",
            event_name: "portal.subscription.created",
            emitted: true,
          },
        ])

        expect(await renewAt("2026-03-05T07:59:00.000Z")).toMatchObject({
          claimed: 0,
        })
        expect(await renewAt(FIRST_CHARGE)).toMatchObject({
          paid: 1,
          completed: 1,
        })
        expect(await cyclesOf(id)).toMatchObject([
          { sequence: 1, status: "completed", due_at: new Date(FIRST_CHARGE) },
          {
            sequence: 2,
            status: "scheduled",
            due_at: new Date("2026-04-05T08:00:00.000Z"),
          },
        ])
        const orders = await app
          .container()
          .resolve(Modules.ORDER)
          .listOrders({ customer_id: anna().id })
        expect(orders).toHaveLength(1)
      })

      it("is refused where it could never be charged, and leaves nothing", async () => {
        const input = await agreement()
        const refusals: [object, string][] = [
          [{ shipping_option_id: null }, "address_not_deliverable"],
          [{ customer_id: "cus_no" }, "not_found"],
          [{ region_id: "reg_no" }, "not_found"],
          [{ plan_id: "plan_no" }, "not_found"],
          [{ items: [{ variant_id: "variant_no", quantity: 1 }] }, "not_found"],
          [{ first_charge_at: new Date("2026-02-01") }, "date_out_of_range"],
          [{ items: [...input.items, ...input.items] }, "validation_failed"],
          [
            {
              items: [
                {
                  variant_id: app.seed.variants["MUG"]?.id ?? "variant_mug",
                  quantity: 1,
                },
              ],
            },
            app.seed.variants["MUG"] ? "plan_not_offered" : "not_found",
          ],
        ]
        for (const [change, code] of refusals) {
          await expect(
            createSubscription(app.container(), { ...input, ...change })
          ).rejects.toMatchObject({ code })
        }
        expect(await app.db("select id from portal_subscription")).toEqual([])
      })

      it("keeps a key for one customer and plan", async () => {
        const input = await agreement({ idempotency_key: "k" })
        await createSubscription(app.container(), input)
        const other = await agreement({ idempotency_key: "k" })
        await expect(
          createSubscription(app.container(), other)
        ).rejects.toMatchObject({ code: "already_exists" })
      })
    })
  },
})
