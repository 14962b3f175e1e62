/// <reference types="jest" />
import type { AdminSubscriptionPlanDetail } from "../../../../types/plans"
import { bodyOf, NEW_OFFER, NEW_PLAN, valuesOf } from "../form-values"

const plan = {
  name: "Coffee",
  handle: "coffee",
  description: null,
  interval: "month",
  interval_count: 1,
  first_discount: null,
  recurring_discount: null,
  trial_days: 0,
  price_policy: "current",
  stock_policy: "wait",
  targets: [],
  action_limits: { skip_max_cycles: 0 },
  retention_offers: [
    { id: "half", type: "discount", percent: 50, cycles: 2 },
    { id: "break", type: "pause", cycles: 3 },
  ],
} as unknown as AdminSubscriptionPlanDetail

describe("limits and offers in a plan's form", () => {
  const fields = ["action_limits", "retention_offers"] as const

  it("are sent as they came", () => {
    expect(bodyOf(valuesOf(plan), [...fields])).toEqual({
      action_limits: { skip_max_cycles: 0 },
      retention_offers: plan.retention_offers,
    })
  })

  it("are null where nothing is given", () => {
    expect(bodyOf(NEW_PLAN, [...fields])).toEqual({
      action_limits: null,
      retention_offers: null,
    })
  })

  it("give new offers ids that no other has", () => {
    const offer = { ...NEW_OFFER, percent: "20", cycles: "3" }
    const { retention_offers } = bodyOf(
      {
        ...NEW_PLAN,
        retention_offers: [
          { ...offer, id: "discount-20-3" },
          offer,
          offer,
          { ...offer, type: "pause", cycles: "2" },
        ],
      },
      ["retention_offers"]
    ) as { retention_offers: { id: string }[] }
    expect(retention_offers.map(({ id }) => id)).toEqual([
      "discount-20-3",
      "discount-20-3-2",
      "discount-20-3-3",
      "pause-2",
    ])
    expect(retention_offers[3]).toEqual({
      id: "pause-2",
      type: "pause",
      cycles: 2,
    })
  })
})
