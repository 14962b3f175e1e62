import type { ActionLimits } from "../../../types/subscription"

/** How far a customer may go where the plan does not say. */
export const DEFAULT_ACTION_LIMITS: ActionLimits = {
  pause_max_days: 365,
  pause_max_cycles: 12,
  skip_max_cycles: 3,
  reschedule_max_days: 30,
}

/** What a merchant may set at most: ten years or so. */
export const MAX_ACTION_LIMITS: ActionLimits = {
  pause_max_days: 3_650,
  pause_max_cycles: 120,
  skip_max_cycles: 120,
  reschedule_max_days: 365,
}

/**
 * The limits of a plan, every one set.
 *
 * @example
 * actionLimits({ skip_max_cycles: 1 }).pause_max_days // 365
 */
export function actionLimits(
  given: Partial<ActionLimits> | null | undefined
): ActionLimits {
  return { ...DEFAULT_ACTION_LIMITS, ...given }
}
