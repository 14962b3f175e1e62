import type { Actor } from "../actions/action-context"
import type { SubscriptionChange } from "../actions/subscription-change"

/**
 * What is written when the charge of a change is paid. Kept as JSON with the
 * charge: dates in it come back as text, which SQL takes as well.
 */
export type StoredChange = {
  write: SubscriptionChange
  actor: Actor
}
