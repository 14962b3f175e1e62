import {
  MAX_RETRIES,
  MAX_RETRY_DAY,
  type DunningEnd,
  type DunningPolicy,
} from "../../../types/dunning"

/** A plan's policy as typed; empty fields are the options' defaults. */
export type DunningValues = {
  retry_days: string
  grace_days: string
  action_required_days: string
  at_end: DunningEnd | "default"
}

export const NO_DUNNING: DunningValues = {
  retry_days: "",
  grace_days: "",
  action_required_days: "",
  at_end: "default",
}

/**
 * Days as typed, with commas or spaces.
 *
 * @returns null: none typed, the default; undefined: they are no rising days
 *
 * @example
 * daysOf("1, 3 5") // [1, 3, 5]
 */
export function daysOf(typed: string): number[] | null | undefined {
  const parts = typed.split(/[\s,;]+/).filter(Boolean)
  if (!parts.length) {
    return null
  }
  const days = parts.map(Number)
  const isRising = days.every(
    (day, index) =>
      Number.isInteger(day) &&
      day <= MAX_RETRY_DAY &&
      day > (days[index - 1] ?? 0)
  )
  return isRising && days.length <= MAX_RETRIES ? days : undefined
}

/** The form's values of a plan. */
export function dunningValues(
  dunning: Partial<DunningPolicy> | null
): DunningValues {
  return {
    retry_days: dunning?.retry_days?.join(", ") ?? "",
    grace_days: textOf(dunning?.grace_days),
    action_required_days: textOf(dunning?.action_required_days),
    at_end: dunning?.at_end ?? "default",
  }
}

/** What is left empty is the default; null: all of it. */
export function dunningBody(
  typed: DunningValues
): Partial<DunningPolicy> | null {
  const retry_days = daysOf(typed.retry_days)
  const body: Partial<DunningPolicy> = {
    ...(retry_days && { retry_days }),
    ...(typed.grace_days.trim() && { grace_days: Number(typed.grace_days) }),
    ...(typed.action_required_days.trim() && {
      action_required_days: Number(typed.action_required_days),
    }),
    ...(typed.at_end !== "default" && { at_end: typed.at_end }),
  }
  return Object.keys(body).length ? body : null
}

const textOf = (value: number | undefined): string =>
  value === undefined ? "" : String(value)
