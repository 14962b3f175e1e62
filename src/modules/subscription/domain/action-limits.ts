import { DEFAULT_ACTION_LIMITS } from "../../../types/action-limits"
import type { ActionLimits } from "../../../types/subscription"

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
