import type { ActionLimits } from "./subscription"

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

/** Offers that a plan may make, and periods that one may last. */
export const MAX_RETENTION_OFFERS = 5
export const MAX_OFFER_CYCLES = 60
