import type { CancellationReason } from "../../types/subscription"
import type { AdminSubscriptionDetail } from "../../types/subscription-http"

/** What staff do in a drawer, in the order of the menu. */
export const STAFF_ACTIONS = [
  "unpark",
  "resume",
  "reactivate",
  "pause",
  "skip",
  "unskip",
  "reschedule",
  "cancel",
] as const
export type StaffAction = (typeof STAFF_ACTIONS)[number]

/** What the drawers hold: numbers as typed, days as dates of the browser. */
export type ActionValues = {
  /** How a pause ends. */
  end: "cycles" | "date" | "open"
  cycles: string
  date: Date | null
  charge: "now" | "next_period"
  when: "period_end" | "now"
  reason_code: CancellationReason | "none"
  comment: string
}

/** Whether the server says that something is possible now. */
export function isOffered(
  { available_actions }: Pick<AdminSubscriptionDetail, "available_actions">,
  name: AdminSubscriptionDetail["available_actions"][number]["action"]
): boolean {
  return available_actions.some(
    ({ action, allowed }) => action === name && allowed
  )
}

/** Which of them are possible now: the server says so. */
export function offeredActions(
  subscription: Pick<AdminSubscriptionDetail, "available_actions" | "parked_at">
): StaffAction[] {
  const { available_actions, parked_at } = subscription
  return STAFF_ACTIONS.filter((name) =>
    name === "unpark"
      ? parked_at !== null
      : isOffered({ available_actions }, name)
  )
}

/** What a drawer begins with. */
export function startValues(
  action: StaffAction,
  { next_charge }: Pick<AdminSubscriptionDetail, "next_charge">
): ActionValues {
  const isMove = action === "reschedule" && next_charge
  return {
    end: "cycles",
    cycles: "1",
    date: isMove ? new Date(next_charge.date) : null,
    charge: "next_period",
    when: "period_end",
    reason_code: "none",
    comment: "",
  }
}

/**
 * The part of a body that decides what happens; null while it is not complete.
 *
 * @example
 * effectOf("skip", { ...values, cycles: "2" }) // { cycles: 2 }
 */
export function effectOf(
  action: StaffAction,
  values: ActionValues
): Record<string, unknown> | null {
  switch (action) {
    case "pause":
      return pauseEnd(values)
    case "skip":
      return cyclesOf(values)
    case "reschedule":
      return values.date && { date: dayOf(values.date) }
    case "resume":
      return { charge: values.charge }
    case "cancel":
      return { when: values.when }
    case "unskip":
    case "reactivate":
    case "unpark":
      return {}
  }
}

/** The whole body, but for what the caller saw before. */
export function bodyOfAction(
  action: StaffAction,
  values: ActionValues
): Record<string, unknown> {
  const effect = effectOf(action, values) ?? {}
  if (action !== "cancel") {
    return effect
  }
  const comment = values.comment.trim()
  return {
    ...effect,
    ...(values.reason_code !== "none" && { reason_code: values.reason_code }),
    ...(comment && { comment }),
  }
}

function pauseEnd(values: ActionValues) {
  switch (values.end) {
    case "open":
      return {}
    case "cycles":
      return cyclesOf(values)
    case "date":
      return values.date && { until: values.date.toISOString() }
  }
}

function cyclesOf({ cycles }: ActionValues) {
  const count = Number(cycles)
  return Number.isInteger(count) && count > 0 ? { cycles: count } : null
}

/** The day that was chosen, wherever the browser is: "2026-03-05". */
function dayOf(date: Date): string {
  return [
    String(date.getFullYear()).padStart(4, "0"),
    String(date.getMonth() + 1).padStart(2, "0"),
    String(date.getDate()).padStart(2, "0"),
  ].join("-")
}
