import { z } from "@medusajs/framework/zod"
import {
  ANCHOR_TYPES,
  BILLING_INTERVALS,
  CUSTOMER_ACTIONS,
  MISSED_PERIOD_POLICIES,
  PLAN_STATUSES,
  PRICE_POLICIES,
  STOCK_POLICIES,
  type ActionLimits,
  type CustomerAction,
} from "../../../types/subscription"
import { MAX_RETENTION_OFFERS } from "../../../types/action-limits"
import { MAX_ENTITLEMENTS } from "../../../types/memberships-http"
import {
  DUNNING_ENDS,
  MAX_RETRIES,
  type DunningPolicy,
} from "../../../types/dunning"
import { id, oneOrMore, order, page, text } from "../../_lib/query-schema"
import { meters } from "./meters"

const MAX_TARGETS = 1_000
/** What PostgreSQL's jsonb refuses, as `JSON.stringify` writes it. */
const UNSTORABLE = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/i

const amounts = z.record(z.string().max(10), z.number())

const discount = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("percent"), value: z.number() }),
  z.strictObject({ type: z.literal("amount"), amounts }),
  z.strictObject({ type: z.literal("fixed_price"), prices: amounts }),
])

const actions = z.strictObject(
  Object.fromEntries(
    CUSTOMER_ACTIONS.map((action) => [action, z.boolean().optional()])
  ) as Record<CustomerAction, z.ZodOptional<z.ZodBoolean>>
)

const limits = z.strictObject({
  pause_max_days: z.number().optional(),
  pause_max_cycles: z.number().optional(),
  skip_max_cycles: z.number().optional(),
  reschedule_max_days: z.number().optional(),
} satisfies Record<keyof ActionLimits, z.ZodType>)

const offers = z
  .array(
    z.discriminatedUnion("type", [
      z.strictObject({ id, type: z.literal("pause"), cycles: z.number() }),
      z.strictObject({
        id,
        type: z.literal("discount"),
        percent: z.number(),
        cycles: z.number(),
      }),
    ])
  )
  .max(MAX_RETENTION_OFFERS)

const entitlements = z
  .array(
    z.strictObject({
      key: z.string().max(200),
      name: text().nullish(),
      value: z
        .unknown()
        .refine((value) => !UNSTORABLE.test(JSON.stringify(value ?? null)), {
          error: "must not hold NUL or half a character",
        })
        .optional(),
    })
  )
  .max(MAX_ENTITLEMENTS)
const dunning = z.strictObject({
  retry_days: z.array(z.number()).max(MAX_RETRIES).optional(),
  grace_days: z.number().optional(),
  action_required_days: z.number().optional(),
  at_end: z.enum(DUNNING_ENDS).optional(),
} satisfies Record<keyof DunningPolicy, z.ZodType>)

const metadata = z
  .record(z.string(), z.unknown())
  .refine((value) => !UNSTORABLE.test(JSON.stringify(value)), {
    error: "must not hold NUL or half a character",
  })

/** Types and shapes. What the values may be is for the plan's own rules. */
const fields = {
  handle: z.string().max(200),
  name: text(),
  description: text(5_000).nullable(),
  interval: z.enum(BILLING_INTERVALS),
  interval_count: z.number(),
  first_discount: discount.nullable(),
  recurring_discount: discount.nullable(),
  setup_fee: amounts.nullable(),
  trial_days: z.number(),
  trial_requires_payment_method: z.boolean(),
  min_cycles: z.number().nullable(),
  max_cycles: z.number().nullable(),
  anchor_type: z.enum(ANCHOR_TYPES),
  anchor_day: z.number().nullable(),
  price_policy: z.enum(PRICE_POLICIES),
  stock_policy: z.enum(STOCK_POLICIES),
  stock_wait_days: z.number(),
  missed_period_policy: z.enum(MISSED_PERIOD_POLICIES),
  customer_actions: actions,
  action_limits: limits.nullable(),
  retention_offers: offers.nullable(),
  reminder_days: z.number().nullable(),
  prepaid_cycles: z.number().nullable(),
  prepaid_renews: z.boolean(),
  customer_group_id: id.nullable(),
  entitlements: entitlements.nullable(),
  meters: meters.nullable(),
  dunning: dunning.nullable(),
  metadata: metadata.nullable(),
  targets: z
    .array(z.strictObject({ product_id: id, variant_id: id.nullish() }))
    .max(MAX_TARGETS),
}

/** Body of `POST /admin/subscription-plans/:id`. */
export const updatePlanSchema = z.strictObject(fields).partial()
export type UpdatePlanBody = z.infer<typeof updatePlanSchema>

/** Body of `POST /admin/subscription-plans`. */
export const createPlanSchema = updatePlanSchema.required({
  handle: true,
  name: true,
  interval: true,
})
export type CreatePlanBody = z.infer<typeof createPlanSchema>

/** Query of `GET /admin/subscription-plans`. */
export const listPlansSchema = z.strictObject({
  ...page,
  order: order([
    "created_at",
    "updated_at",
    "name",
    "handle",
    "status",
  ]).default("-created_at"),
  q: text().optional(),
  status: oneOrMore(z.enum(PLAN_STATUSES)).optional(),
  handle: oneOrMore(text()).optional(),
  product_id: oneOrMore(id).optional(),
})
export type ListPlansQuery = z.infer<typeof listPlansSchema>

/** Routes that take nothing. */
export const emptySchema = z.strictObject({})
