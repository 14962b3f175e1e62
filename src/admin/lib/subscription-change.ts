import type { AdminSubscriptionDetail } from "../../types/subscription-http"

/** What the drawer of a change holds: quantities as typed, by item. */
export type ChangeValues = {
  plan_id: string
  quantities: Record<string, string>
  /** `free`: now, and nothing is settled. */
  when: "period_end" | "now" | "free"
}

type Changed = Pick<AdminSubscriptionDetail, "plan" | "items" | "status">

/** What the drawer begins with: all as it is. */
export function startChange({ plan, items }: Changed): ChangeValues {
  return {
    plan_id: plan.id,
    quantities: Object.fromEntries(
      items.map(({ id, quantity }) => [id, String(quantity)])
    ),
    when: "period_end",
  }
}

/**
 * The body of a change; null while nothing changes or a quantity is none.
 *
 * @example
 * changeBody(subscription, startChange(subscription)) // null
 */
export function changeBody(
  { plan, items, status }: Changed,
  { plan_id, quantities, when }: ChangeValues
): Record<string, unknown> | null {
  const wanted = items.map(({ id, quantity }) => ({
    id,
    before: quantity,
    quantity: Number(quantities[id] === "" ? NaN : quantities[id]),
  }))
  const isValid =
    wanted.every(
      ({ quantity }) => Number.isInteger(quantity) && quantity >= 0
    ) && wanted.some(({ quantity }) => quantity > 0)
  const isNewPlan = plan_id !== plan.id
  const isChanged = wanted.some(({ quantity, before }) => quantity !== before)
  return isValid && (isNewPlan || isChanged)
    ? {
        expected_status: status,
        ...(isNewPlan && { plan_id }),
        ...(isChanged && {
          items: wanted.map(({ id, quantity }) => ({ id, quantity })),
        }),
        when: when === "period_end" ? "period_end" : "now",
        proration: when === "free" ? "none" : "prorate",
      }
    : null
}
