import { z } from "@medusajs/framework/zod"
import {
  BILLING_INTERVALS,
  SUBSCRIPTION_STATUSES,
} from "../../../types/subscription"
import { MAX_QUANTITY } from "../../../workflows/carts/item-change"
import {
  id,
  instant,
  oneOrMore,
  order,
  page,
  text,
  whole,
} from "../../_lib/query-schema"
import { deliveryAddress } from "../../_lib/delivery-address-body"

const MAX_METRICS_DAYS = 400
const MAX_PREVIEW_DATES = 1_000
const DEFAULT_SCHEDULE_DATES = 12
const MAX_SCHEDULE_DATES = 100

const currencyCode = z
  .string()
  .regex(/^[a-z]{3}$/i, { error: "must be a currency code" })
  .transform((code) => code.toLowerCase())

/** What a list can be narrowed by. */
const filters = {
  status: oneOrMore(z.enum(SUBSCRIPTION_STATUSES)).optional(),
  customer_id: oneOrMore(id).optional(),
  plan_id: oneOrMore(id).optional(),
  product_id: oneOrMore(id).optional(),
  variant_id: oneOrMore(id).optional(),
  currency_code: oneOrMore(currencyCode).optional(),
  next_charge_from: instant.optional(),
  next_charge_to: instant.optional(),
  q: text().optional(),
}

/** Query of `GET /admin/subscriptions/export`: the list's, without its pages. */
export const exportSubscriptionsQuery = z.strictObject(filters)
export type ExportSubscriptionsQuery = z.infer<typeof exportSubscriptionsQuery>

/** Query of `GET /admin/subscriptions`. */
export const adminListSubscriptionsQuery = z.strictObject({
  ...page,
  ...filters,
  order: order([
    "created_at",
    "updated_at",
    "next_charge_at",
    "email",
    "attention",
  ]).default("-created_at"),
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
  /** Instead of `from`: so many days up to `to`. */
  days: whole(1, MAX_METRICS_DAYS).optional(),
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

const MAX_ITEMS = 50
/** Far above any price, and exact as a float with three decimals. */
const MAX_PRICE = 1e11

/** Body of `POST /admin/subscriptions`. */
export const createSubscriptionSchema = z.strictObject({
  customer_id: id,
  plan_id: id,
  region_id: id,
  sales_channel_id: id.optional(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/, {
      error: "must be a language such as en or de-DE",
    })
    .optional(),
  items: z
    .array(
      z.strictObject({
        variant_id: id,
        quantity: z.number().int().min(1).max(MAX_QUANTITY),
        unit_price: z.number().min(0).max(MAX_PRICE).optional(),
      })
    )
    .min(1)
    .max(MAX_ITEMS),
  first_charge_at: instant.optional(),
  started_at: instant.optional(),
  shipping_address: deliveryAddress.nullable().default(null),
  billing_address: deliveryAddress.nullable().default(null),
  /** Left out: the cheapest that reaches the address. */
  shipping_option_id: id.nullable().optional(),
  /** Left out: it waits for one of the customer. */
  payment_method: z
    .strictObject({ provider_id: id, payment_method_id: id.optional() })
    .optional(),
  metadata: z.record(text(100), z.unknown()).nullable().optional(),
  /** Sending the same again makes one subscription. */
  idempotency_key: text(100).optional(),
})
export type CreateSubscriptionBody = z.infer<typeof createSubscriptionSchema>
