/** What is wrong with a plan, field by field. */

/** A field, as a path with dots, and what is wrong with it. */
export type PlanIssue = { path: string; message: string }

/** Periods of a plan; more are a typing error. */
const MAX_CYCLES = 10_000

/** Refuses what is no whole number within its bounds. */
export function whole(
  path: string,
  value: number | null,
  min: number,
  max: number = MAX_CYCLES
): PlanIssue[] {
  return Number.isInteger(value) && Number(value) >= min && Number(value) <= max
    ? []
    : [issue(path, `must be a whole number from ${min} to ${max}`)]
}

export function issue(path: string, message: string): PlanIssue {
  return { path, message }
}
