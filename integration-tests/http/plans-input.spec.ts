import { expectError, portalTest, type HttpResponse } from "../helpers"
import { PLANS, planSuite } from "./plans.support"

portalTest({
  testSuite: (app) => {
    const plans = planSuite(app)

    type Bad = [string, Record<string, unknown>]
    const percent = (value: unknown) => ({ type: "percent", value })
    const BAD: Bad[] = [
      ["no handle", { handle: undefined }],
      ["no name", { name: undefined }],
      ["no interval", { interval: undefined }],
      ["a null name", { name: null }],
      ["an empty name", { name: "  " }],
      ["a long name", { name: "x".repeat(201) }],
      ["NUL in a name", { name: "a\0b" }],
      ["a number as name", { name: 5 }],
      ["an object as name", { name: { toString: 1 } }],
      ["a capital in the handle", { handle: "Coffee" }],
      ["a path in the handle", { handle: "../x" }],
      ["an unknown interval", { interval: "fortnight" }],
      ["interval_count 0", { interval_count: 0 }],
      ["interval_count -1", { interval_count: -1 }],
      ["interval_count 1.5", { interval_count: 1.5 }],
      ["interval_count 1e300", { interval_count: 1e300 }],
      ["interval_count as text", { interval_count: "1" }],
      ["a percentage above 100", { first_discount: percent(101) }],
      ["a negative percentage", { first_discount: percent(-1) }],
      ["a percentage as text", { first_discount: percent("10") }],
      ["a discount without type", { first_discount: { value: 5 } }],
      ["an unknown discount", { first_discount: { type: "gift", value: 5 } }],
      [
        "a discount of two kinds",
        { first_discount: { ...percent(5), amounts: { eur: 1 } } },
      ],
      ["a discount as list", { first_discount: [percent(5)] }],
      [
        "an amount off of 0",
        { recurring_discount: { type: "amount", amounts: { eur: 0 } } },
      ],
      [
        "a negative amount",
        { recurring_discount: { type: "amount", amounts: { eur: -1 } } },
      ],
      [
        "an amount finer than the currency",
        { recurring_discount: { type: "amount", amounts: { jpy: 1.5 } } },
      ],
      [
        "an unknown currency",
        { recurring_discount: { type: "amount", amounts: { zzz: 1 } } },
      ],
      [
        "a currency's capitals",
        { recurring_discount: { type: "amount", amounts: { EUR: 1 } } },
      ],
      [
        "no amount at all",
        { recurring_discount: { type: "amount", amounts: {} } },
      ],
      ["a huge fee", { setup_fee: { eur: 1e20 } }],
      ["a fee in words", { setup_fee: { eur: "five" } }],
      ["a fee in an unknown currency", { setup_fee: { eur: 1, zzz: 1 } }],
      ["a fee of a prototype", { setup_fee: { constructor: 1 } }],
      ["a trial of 731 days", { trial_days: 731 }],
      ["a negative trial", { trial_days: -1 }],
      ["half a day of trial", { trial_days: 0.5 }],
      ["a wait of 91 days", { stock_wait_days: 91 }],
      ["min above max", { min_cycles: 5, max_cycles: 4 }],
      ["no cycles", { max_cycles: 0 }],
      ["more cycles than an integer", { max_cycles: 3e9 }],
      ["a day without anchor", { anchor_day: 1 }],
      ["an anchor without day", { anchor_type: "day_of_month" }],
      ["day 32", { anchor_type: "day_of_month", anchor_day: 32 }],
      [
        "a day of month by the week",
        { interval: "week", anchor_type: "day_of_month", anchor_day: 3 },
      ],
      [
        "a day of week by the month",
        { anchor_type: "day_of_week", anchor_day: 3 },
      ],
      [
        "day 8 of a week",
        { interval: "week", anchor_type: "day_of_week", anchor_day: 8 },
      ],
      ["an unknown action", { customer_actions: { fly: true } }],
      ["an action in words", { customer_actions: { pause: "yes" } }],
      ["an unknown policy", { price_policy: "best" }],
      ["a status", { status: "archived" }],
      ["an id", { id: "plan_mine" }],
      ["an unknown field", { colour: "red" }],
      ["NUL in metadata", { metadata: { a: "\0" } }],
      ["half a character in metadata", { metadata: { "\ud800": 1 } }],
      ["metadata as text", { metadata: "x" }],
      ["targets as an object", { targets: {} }],
      ["a target without product", { targets: [{ variant_id: "v" }] }],
      ["a target with more", { targets: [{ product_id: "p", price: 1 }] }],
      ["a product with NUL", { targets: [{ product_id: "p\0" }] }],
    ]

    it("refuses it in a new plan, and writes nothing", async () => {
      const before = await plans.tables()
      for (const [name, values] of BAD) {
        const answer = await plans.admin.post(PLANS, plans.body(values))
        expect([name, answer.status, answer.data.code]).toEqual([
          name,
          400,
          "validation_failed",
        ])
      }
      expect(await plans.tables()).toEqual(before)
    })

    it("refuses the same in a change, and writes nothing", async () => {
      const { id } = await plans.create()
      const before = await plans.tables()
      for (const [name, values] of BAD) {
        if (Object.values(values).includes(undefined)) {
          continue
        }
        const answer = await plans.admin.post(`${PLANS}/${id}`, values)
        expect([name, answer.status, answer.data.code]).toEqual([
          name,
          400,
          "validation_failed",
        ])
      }
      expect(await plans.tables()).toEqual(before)
    })

    it("refuses unknown products and variants", async () => {
      const { id } = await plans.create({ handle: "there" })
      const before = await plans.tables()
      const targets: [unknown[], number, string][] = [
        [[{ product_id: "prod_unknown" }], 404, "not_found"],
        [
          [
            {
              product_id: plans.coffee().productId,
              variant_id: "variant_unknown",
            },
          ],
          404,
          "not_found",
        ],
        [
          [
            {
              product_id: plans.coffee().productId,
              variant_id: plans.sku("TEA-BOX").id,
            },
          ],
          400,
          "validation_failed",
        ],
        [
          [
            { product_id: plans.coffee().productId },
            { product_id: plans.coffee().productId, variant_id: null },
          ],
          400,
          "validation_failed",
        ],
      ]
      for (const [bad, status, code] of targets) {
        expectError(
          await plans.admin.post(PLANS, plans.body({ targets: bad })),
          status,
          code
        )
        expectError(
          await plans.admin.post(`${PLANS}/${id}`, { targets: bad }),
          status,
          code
        )
      }
      expect(await plans.tables()).toEqual(before)
    })

    it.each([[[]], ["text"], [5], [null]])(
      "refuses the body %j",
      async (bad) => {
        const answer: HttpResponse<unknown> = await plans.admin.post(
          PLANS,
          bad as unknown as Record<string, unknown>
        )
        expect(answer.status).toBe(400)
      }
    )
  },
})
