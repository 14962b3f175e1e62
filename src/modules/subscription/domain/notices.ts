/** Entries of the timeline that the customer is told of by mail. */
export const NOTICED_TYPES = [
  "created",
  "renewal_upcoming",
  "trial_ending",
  "renewed",
  "payment_failed",
  "action_required",
  "paused",
  "paused_for_stock",
  "resumed",
  "payment_method_changed",
  "cancel_scheduled",
  "canceled",
  "ended",
  "changed",
  "change_scheduled",
] as const

/** One of {@link NOTICED_TYPES}. */
export type NoticedType = (typeof NOTICED_TYPES)[number]

/** Whether the customer is told of an entry of this type. */
export function isNoticed(type: string): type is NoticedType {
  return NOTICED_TYPES.some((known) => known === type)
}
