import { CUSTOMER_ACTIONS } from "../../../types/subscription"
import type { ActionContext } from "../domain/actions/action-context"
import { addOnce, removeOnce } from "../domain/actions/add-once"
import type { BillingOneOff } from "../domain/billing"

const line = (id: string): BillingOneOff => ({
  id,
  product_id: "prod_1",
  variant_id: "variant_1",
  title: "Mug",
  quantity: 1,
})

type Facts = {
  one_offs?: BillingOneOff[] | null
  max_cycles?: number | null
  status?: string
  /** The one-off lines that the open period was priced with. */
  priced?: string[]
}

function contextOf(facts: Facts): ActionContext {
  return {
    subscription: {
      status: "active",
      cancel_at_period_end: false,
      parked_at: null,
      max_cycles: facts.max_cycles ?? null,
      paid_cycles: 3,
      one_offs: facts.one_offs,
      plan: {
        customer_actions: Object.fromEntries(
          CUSTOMER_ACTIONS.map((action) => [action, true])
        ),
      },
    },
    cycle: {
      status: facts.status ?? "scheduled",
      quote: facts.priced && {
        items: facts.priced.map((one_off_id) => ({ one_off_id })),
      },
    },
    skipped: [],
    change: null,
    actor: { type: "customer", id: "cus_1" },
    now: new Date("2026-02-10T10:00:00Z"),
    safetyHours: 20,
  } as unknown as ActionContext
}

const code = (code: string) => expect.objectContaining({ code }) as Error

describe("addOnce", () => {
  it("adds to nothing, and beside what was seen", () => {
    const added = [{ add: line("b") }]
    expect(addOnce(contextOf({}), { line: line("b") }).one_offs).toEqual(added)
    expect(
      addOnce(contextOf({ one_offs: [line("a")] }), {
        line: line("b"),
        seen: ["a"],
      }).one_offs
    ).toEqual(added)
  })

  it("refuses a 21st line, an unseen one, and an order that never comes", () => {
    const many = Array.from({ length: 20 }, (_, index) => line(String(index)))
    expect(() =>
      addOnce(contextOf({ one_offs: many }), { line: line("b") })
    ).toThrow(code("action_out_of_bounds"))
    expect(() =>
      addOnce(contextOf({ one_offs: [line("a")] }), {
        line: line("b"),
        seen: [],
      })
    ).toThrow(code("expected_total"))
    expect(() =>
      addOnce(contextOf({ max_cycles: 3 }), { line: line("b") })
    ).toThrow(code("subscription_transition_not_allowed"))
    expect(
      addOnce(contextOf({ max_cycles: 4 }), { line: line("b") }).one_offs
    ).toHaveLength(1)
  })
})

describe("removeOnce", () => {
  const one_offs = [line("a")]

  it("takes a line back that waits", () => {
    expect(
      removeOnce(contextOf({ one_offs }), { line_id: "a" }).one_offs
    ).toEqual([{ remove: "a" }])
  })

  it.each([
    [{ one_offs }, "b", "not_found"],
    [{}, "a", "not_found"],
    [{ one_offs, status: "claimed" }, "a", "charge_in_progress"],
    [{ one_offs, status: "priced" }, "a", "charge_in_progress"],
    [{ priced: ["a"], status: "charging" }, "a", "charge_in_progress"],
    [{ priced: ["a"], status: "retry_scheduled" }, "a", "payment_pending"],
    [{ priced: ["a"], status: "uncollectible" }, "a", "payment_pending"],
  ])("refuses %j: %s is %s", (facts, line_id, refusal) => {
    expect(() => removeOnce(contextOf(facts), { line_id })).toThrow(
      code(refusal)
    )
  })
})
