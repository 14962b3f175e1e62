/** Answer of `POST /admin/subscriptions/schedule-preview`. */
export type SchedulePreviewResponse = {
  /** For n = 1 … count, in the form in which the anchor came. */
  dates: string[]
}
