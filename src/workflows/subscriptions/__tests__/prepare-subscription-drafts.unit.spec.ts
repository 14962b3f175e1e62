import { prepareSubscriptionDrafts } from "../prepare-subscription-drafts"
import { NO_PAYMENT_SOURCE, type PaymentSource } from "../purchase"
import { lineWith, planWith, purchaseWith, rowWith } from "./fixtures"

const CARD: PaymentSource = {
  provider_id: "pp_stripe_stripe",
  account_holder_id: "acchld_1",
  payment_method_id: "pm_1",
  is_usable: true,
}

const draftOf = (...input: Parameters<typeof prepareSubscriptionDrafts>) => {
  const drafts = prepareSubscriptionDrafts(...input)
  expect(drafts).toHaveLength(1)
  const [draft] = drafts
  if (!draft) {
    throw new Error("No draft")
  }
  return draft
}

describe("prepareSubscriptionDrafts", () => {
  it("takes the later price from the row and the first amount from the order", () => {
    const draft = draftOf(purchaseWith(), CARD)
    expect(draft).toMatchObject({
      status: "active",
      plan_id: "plan_1",
      origin_order_id: "order_1",
      provider_id: "pp_stripe_stripe",
      payment_method_id: "pm_1",
      items: [{ unit_price: 9, list_unit_price: 10, quantity: 1 }],
    })
    expect(draft.cycles[0]).toMatchObject({
      sequence: 0,
      period_index: 0,
      amount: 10,
      paid_at: "2031-01-31T10:00:00.000Z",
    })
    expect(draft.cycles[1]).toMatchObject({
      sequence: 1,
      period_index: 1,
      due_at: "2031-02-28T10:00:00.000Z",
      period_end: "2031-03-31T10:00:00.000Z",
    })
  })

  it("adds the setup fees of its own lines to the first amount", () => {
    const fee = (of: string) =>
      lineWith({
        id: `fee_${of}`,
        variant_id: null,
        total: 0.1,
        metadata: { portal_setup_fee_of: of },
      })
    const draft = draftOf(
      purchaseWith({
        lines: [lineWith({ total: 0.2 }), fee("pcit_1"), fee("pcit_2")],
      }),
      CARD
    )
    expect(draft.cycles[0]?.amount).toBe(0.3)
  })

  it("begins a trial before the anchor, and charges at its end", () => {
    const draft = draftOf(
      purchaseWith({
        lines: [lineWith({ unit_price: 0, total: 0 })],
        rows: [rowWith({ first_unit_price: 0, trial_days: 14 })],
      }),
      CARD
    )
    expect(draft).toMatchObject({
      status: "trialing",
      period_offset: 0,
      trial_ends_at: "2031-02-14T10:00:00.000Z",
      anchor_at: "2031-02-14T10:00:00.000Z",
    })
    expect(draft.cycles).toMatchObject([
      {
        period_index: -1,
        amount: 0,
        paid_at: null,
        completed_at: "2031-01-31T10:00:00.000Z",
      },
      { period_index: 0, due_at: "2031-02-14T10:00:00.000Z" },
    ])
  })

  it("keeps to a fixed billing day", () => {
    const draft = draftOf(
      purchaseWith({
        started_at: "2031-01-20T10:00:00.000Z",
        plans: [planWith({ anchor_type: "day_of_month", anchor_day: 1 })],
      }),
      CARD
    )
    expect(draft.period_offset).toBe(0)
    expect(draft.cycles).toMatchObject([
      { period_index: -1, paid_at: "2031-01-20T10:00:00.000Z" },
      {
        period_index: 0,
        due_at: expect.stringMatching(/^2031-02-01/) as string,
      },
    ])
  })

  it("is incomplete without a payment method that can be charged", () => {
    expect(draftOf(purchaseWith(), NO_PAYMENT_SOURCE).status).toBe("incomplete")
    const trial = purchaseWith({
      lines: [lineWith({ unit_price: 0, total: 0 })],
      rows: [rowWith({ first_unit_price: 0, trial_days: 14 })],
    })
    expect(draftOf(trial, NO_PAYMENT_SOURCE).status).toBe("incomplete")
    const cardless = {
      ...trial,
      plans: [planWith({ trial_requires_payment_method: false })],
    }
    expect(draftOf(cardless, NO_PAYMENT_SOURCE).status).toBe("trialing")
  })

  it("gives a plan of one period a next cycle too, with which it expires", () => {
    const plans = [planWith({ max_cycles: 1 })]
    const { cycles, max_cycles } = draftOf(purchaseWith({ plans }), CARD)
    expect(cycles.map(({ status }) => status)).toEqual([
      "completed",
      "scheduled",
    ])
    expect(max_cycles).toBe(1)
  })

  it("makes one draft a plan, and none for plans that nothing was bought of", () => {
    const drafts = prepareSubscriptionDrafts(
      purchaseWith({
        plans: [planWith(), planWith({ id: "plan_2" }), planWith({ id: "p3" })],
        rows: [
          rowWith(),
          rowWith({ id: "pcit_2", plan_id: "plan_2", variant_id: "variant_2" }),
          rowWith({ id: "pcit_3", variant_id: "variant_3" }),
        ],
        lines: [
          lineWith(),
          lineWith({ id: "ordli_2", variant_id: "variant_2" }),
          lineWith({ id: "ordli_3", variant_id: "variant_3" }),
          lineWith({ id: "ordli_4", variant_id: "variant_4" }),
        ],
      }),
      CARD
    )
    expect(
      drafts.map(({ plan_id, items }) => [
        plan_id,
        items.map((item) => item.origin_line_item_id),
      ])
    ).toEqual([
      ["plan_1", ["ordli_1", "ordli_3"]],
      ["plan_2", ["ordli_2"]],
    ])
  })
})
