import { Modules } from "@medusajs/framework/utils"
import { createSubscription } from "../../src/workflows"
import type { AdminSubscriptionResponse, BulkResponse } from "../../src/types"
import {
  expectError,
  FIRST_RENEWAL,
  makePlan,
  makeSubscriptions,
  ok,
  parallel,
  portalTest,
  saveCard,
  setClock,
  statuses,
  STRIPE_PROVIDER,
  SYSTEM_PROVIDER,
} from "../helpers"
import { subscriber } from "./subscription-actions.support"

jest.setTimeout(300_000)

const FIRST_CHARGE = "2026-03-05T08:00:00.000Z"

portalTest({
  stripe: true,
  testSuite: (app) => {
    const {
      admin,
      anna,
      act,
      subscribe,
      statusOf,
      renewAt,
      cyclesOf,
      timeline,
    } = subscriber(app)

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

    describe("several at once", () => {
      const bulk = (body: Record<string, unknown>) =>
        admin().post<BulkResponse>("/admin/subscriptions/bulk", body)

      it("pauses each, and tells of those that refuse", async () => {
        const [one, two, ended] = [
          await subscribe(),
          await subscribe(),
          await subscribe(),
        ]
        await app.db(
          "update portal_subscription set status = 'canceled' where id = ?",
          [ended.id]
        )
        const ids = [one.id, ended.id, "sub_no", two.id]
        expect(ok(await bulk({ action: "pause", ids, cycles: 1 }))).toEqual({
          done: 2,
          refused: 2,
          results: [
            { id: one.id, status: "done" },
            {
              id: ended.id,
              status: "refused",
              code: "subscription_transition_not_allowed",
            },
            { id: "sub_no", status: "refused", code: "not_found" },
            { id: two.id, status: "done" },
          ],
        })
        expect(await statusOf(one.id)).toMatchObject({
          status: "paused",
          resumes_at: new Date("2026-03-31T10:00:00.000Z"),
        })
        expect(await statusOf(ended.id)).toMatchObject({ status: "canceled" })
        expect(await timeline(two.id)).toContain("admin paused")
        expect(await timeline(ended.id)).not.toContain("admin paused")
      })

      it("cancels a subscription once, however many ask for it", async () => {
        const made = [await subscribe(), await subscribe(), await subscribe()]
        const ids = made.map(({ id }) => id)
        const { fulfilled } = await parallel(20, () =>
          bulk({ action: "cancel", ids, when: "now", reason_code: "other" })
        )
        expect(statuses(fulfilled)).toEqual({ 200: 20 })
        const results = fulfilled.flatMap(({ data }) => data.results)
        for (const id of ids) {
          const done = results.filter(
            (one) => one.id === id && one.status === "done"
          )
          expect(done).toHaveLength(1)
          expect(await statusOf(id)).toMatchObject({ status: "canceled" })
          expect(
            (await timeline(id)).filter((entry) => entry === "admin canceled")
          ).toHaveLength(1)
        }
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ paid: 0 })
      })

      it("is refused as a whole where the request is wrong", async () => {
        const { id } = await subscribe()
        for (const body of [
          { action: "pause", ids: [id, id] },
          { action: "pause", ids: [id], cycles: 1, until: FIRST_CHARGE },
          { action: "resume", ids: [id] },
          {
            action: "pause",
            ids: Array.from({ length: 101 }, (_, n) => `s${n}`),
          },
        ]) {
          expectError(await bulk(body), 400, "validation_failed")
        }
        expect(await statusOf(id)).toMatchObject({ status: "active" })
      })
    })

    describe("the list as a file", () => {
      const file = async (query = "") => {
        const answer = await admin().get<string>(
          `/admin/subscriptions/export${query}`
        )
        return { ...answer, text: ok(answer) }
      }

      it("has the filters of the list and runs no formula", async () => {
        const { id, planId } = await subscribe()
        const [other] = await makeSubscriptions(app, { currency: "usd" })
        await app.db(
          "update portal_subscription set email = '=1+1@shop.test' where id = ?",
          [id]
        )
        const { text, headers } = await file(`?plan_id=${planId}`)
        expect(headers.get("content-type")).toBe("text/csv; charset=utf-8")
        expect(headers.get("content-disposition")).toContain("attachment")
        const [head, line, ...rest] = text.split("\r\n")
        expect(head).toMatch(/^\uFEFF?id,status,email,customer_id,plan,/)
        expect(line).toContain(`${id},active,'=1+1@shop.test,${anna().id}`)
        expect(line).toContain("eur,2026-02-28T10:00:00.000Z,")
        expect(rest).toEqual([""])
        expect(text).not.toContain(other?.id)
        const { text: dollars } = await file("?currency_code=USD")
        expect(dollars).toContain(other?.id)
        expect(dollars).not.toContain(`${id},`)
        expectError(
          await admin().get("/admin/subscriptions/export?limit=1"),
          400,
          "validation_failed"
        )
      })

      it("names each of very many once", async () => {
        const { id } = await subscribe()
        await app.db(
          `insert into portal_subscription
           select (jsonb_populate_record(null::portal_subscription,
             to_jsonb(s) || jsonb_build_object('id', 'sub_copy_' || n,
               'origin_order_id', 'order_copy_' || n))).*
             from portal_subscription s, generate_series(1, 1200) n
            where s.id = ?`,
          [id]
        )
        const { text } = await file()
        const ids = text
          .split("\r\n")
          .slice(1, -1)
          .map((line) => line.split(",")[0])
        expect(ids).toHaveLength(1_201)
        expect(new Set(ids).size).toBe(1_201)
      })
    })

    describe("by hand, over HTTP", () => {
      const body = async (more: object = {}) => {
        const variant = app.seed.variants["COFFEE-250"]
        const plan = await makePlan(app, {
          targets: [{ product_id: variant?.productId, variant_id: null }],
        } as object)
        return {
          customer_id: anna().id,
          plan_id: plan.id,
          region_id: app.seed.regions.eur?.id,
          items: [{ variant_id: variant?.id, quantity: 1, unit_price: 7.5 }],
          first_charge_at: FIRST_CHARGE,
          shipping_address: {
            address_1: "Hafenstr. 1",
            city: "Hamburg",
            country_code: "DE",
          },
          ...more,
        }
      }
      const create = (input: Record<string, unknown>) =>
        admin().post<AdminSubscriptionResponse>("/admin/subscriptions", input)

      it("is charged to a card that the customer has saved", async () => {
        const card = await saveCard(app, anna())
        await app
          .container()
          .resolve("link")
          .create({
            customer: { customer_id: anna().id },
            payment: { account_holder_id: card.accountHolderId },
          })
        const input = await body({
          idempotency_key: "import-1",
          started_at: "2024-05-01T00:00:00Z",
          payment_method: {
            provider_id: STRIPE_PROVIDER,
            payment_method_id: card.paymentMethodId,
          },
        })
        const made = await create(input)
        expect(made.status).toBe(201)
        const { subscription } = made.data
        expect(subscription).toMatchObject({
          status: "active",
          origin_order_id: null,
          started_at: "2024-05-01T00:00:00.000Z",
          items: [{ unit_price: 7.5, list_unit_price: 9.9 }],
          next_charge: { date: FIRST_CHARGE, is_estimate: false },
        })
        const again = await create(input)
        expect(again.status).toBe(200)
        expect(again.data.subscription.id).toBe(subscription.id)
        expect(app.stripe().requests.map(({ path }) => path)).not.toContain(
          "/v1/payment_intents"
        )
        // Hers: she sees it, and can pause it like one that she bought.
        ok(
          await anna().api.get(`/store/portal/subscriptions/${subscription.id}`)
        )
        expect(await renewAt(FIRST_CHARGE)).toMatchObject({ paid: 1 })
        await setClock(admin(), "2026-03-06T12:00:00Z")
        expect((await act(subscription.id, "skip")).status).toBe(400)
      })

      it("is refused with somebody else's card, or one that cannot be charged", async () => {
        const card = await saveCard(app, anna())
        const refusals: [object, string, number][] = [
          [
            {
              provider_id: STRIPE_PROVIDER,
              payment_method_id: card.paymentMethodId,
            },
            "not_found",
            404,
          ],
          [{ provider_id: STRIPE_PROVIDER }, "payment_method_required", 400],
          [
            { provider_id: "pp_paypal_paypal" },
            "payment_provider_not_off_session",
            400,
          ],
        ]
        for (const [payment_method, code, status] of refusals) {
          expectError(
            await create(await body({ payment_method })),
            status,
            code
          )
        }
        expectError(
          await create(
            await body({
              shipping_address: {
                address_1: "1 Main St",
                city: "Boston",
                country_code: "us",
              },
            })
          ),
          400,
          "address_not_deliverable"
        )
        expect(await app.db("select id from portal_subscription")).toEqual([])
      })

      it("waits for a payment method where none is named", async () => {
        const { subscription } = (await create(await body())).data
        expect(subscription).toMatchObject({
          status: "incomplete",
          payment_method: null,
        })
        expect(
          ok(
            await admin().get<AdminSubscriptionResponse>(
              `/admin/subscriptions/${subscription.id}`
            )
          ).subscription.id
        ).toBe(subscription.id)
      })
    })
  },
})
