import { z } from "@medusajs/framework/zod"
import { BILLING_INTERVALS } from "../../../types/subscription"

const MAX_DATES = 1_000

/**
 * Body of `POST /admin/subscriptions/schedule-preview`. Ranges and dates are the
 * calendar's to judge: it has a code for each.
 */
export const schedulePreviewSchema = z.strictObject({
  anchor: z.string(),
  timezone: z.string(),
  interval: z.enum(BILLING_INTERVALS),
  interval_count: z.number(),
  /** Day of the month that dates keep, where it is not the anchor's own. */
  day_of_month: z.number().nullish(),
  count: z.number().int().min(1).max(MAX_DATES),
})
export type SchedulePreviewBody = z.infer<typeof schedulePreviewSchema>
