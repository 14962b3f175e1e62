import { z } from "@medusajs/framework/zod"
import {
  BILLING_INTERVALS,
  SUBSCRIPTION_STATUSES,
} from "../../../types/subscription"
import {
  id,
  instant,
  oneOrMore,
  order,
  page,
  text,
  whole,
} from "../../_lib/query-schema"

const MAX_PREVIEW_DATES = 1_000
const DEFAULT_SCHEDULE_DATES = 12
const MAX_SCHEDULE_DATES = 100

const currencyCode = z
  .string()
  .regex(/^[a-z]{3}$/i, { error: "must be a currency code" })
  .transform((code) => code.toLowerCase())

/** Query of `GET /admin/subscriptions`. */
export const adminListSubscriptionsQuery = z.strictObject({
  ...page,
  order: order([
    "created_at",
    "updated_at",
    "next_charge_at",
    "email",
    "attention",
  ]).default("-created_at"),
  status: oneOrMore(z.enum(SUBSCRIPTION_STATUSES)).optional(),
  customer_id: oneOrMore(id).optional(),
  plan_id: oneOrMore(id).optional(),
  product_id: oneOrMore(id).optional(),
  variant_id: oneOrMore(id).optional(),
  currency_code: oneOrMore(currencyCode).optional(),
  next_charge_from: instant.optional(),
  next_charge_to: instant.optional(),
  q: text().optional(),
})
export type AdminListSubscriptionsQuery = z.infer<
  typeof adminListSubscriptionsQuery
>

/** A calendar day of the shop's. */
const day = z.iso
  .date()
  .refine((value) => value >= "1900-01-01" && value <= "9998-12-31", {
    error: "must lie between 1900 and 9998",
  })

/** Query of `GET /admin/subscriptions/metrics`. */
export const subscriptionMetricsQuery = z.strictObject({
  from: day.optional(),
  to: day.optional(),
  currency_code: currencyCode.optional(),
})
export type SubscriptionMetricsQuery = z.infer<typeof subscriptionMetricsQuery>

/** Query of a page of history. */
export const adminHistoryQuery = z.strictObject(page)
export type AdminHistoryQuery = z.infer<typeof adminHistoryQuery>

/** Query of `GET …/:id/schedule`. */
export const adminScheduleQuery = z.strictObject({
  count: whole(1, MAX_SCHEDULE_DATES).default(DEFAULT_SCHEDULE_DATES),
})
export type AdminScheduleQuery = z.infer<typeof adminScheduleQuery>

/** Query of routes that take none. */
export const adminNoQuery = z.strictObject({})

/** Body of `POST /admin/subscriptions/:id/renew`. */
export const renewSchema = z.strictObject({
  /** The status that the caller saw; 409 where it is another by now. */
  expected_status: z.enum(SUBSCRIPTION_STATUSES).optional(),
})
export type RenewBody = z.infer<typeof renewSchema>

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
  count: z.number().int().min(1).max(MAX_PREVIEW_DATES),
})
export type SchedulePreviewBody = z.infer<typeof schedulePreviewSchema>
