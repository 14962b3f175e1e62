/** Bodies of what changes a subscription and may cost something. */
import type { MiddlewareRoute } from "@medusajs/framework/http"
import { z } from "@medusajs/framework/zod"
import { CHANGE_TIMES, PRORATIONS } from "../../types/subscription-change-http"
import { id, instant } from "./query-schema"
import { expected_status, expected_total } from "./subscription-action-bodies"
import { validateBody } from "./validate"

const MAX_ITEMS = 100
const MAX_QUANTITY = 10_000

/** A known item by its id, a new one by its variant; quantity 0 removes it. */
const item = z
  .strictObject({
    id: id.optional(),
    variant_id: id.optional(),
    quantity: z.number().int().min(0).max(MAX_QUANTITY),
  })
  .refine((one) => one.id !== undefined || one.variant_id !== undefined, {
    error: "takes `id` or `variant_id`",
  })

const common = {
  expected_status,
  proration: z.enum(PRORATIONS).default("prorate"),
  /** The preview's `at`, so that its figures hold. */
  at: instant.optional(),
}

const changeFields = {
  ...common,
  items: z.array(item).min(1).max(MAX_ITEMS).optional(),
  plan_id: id.optional(),
  when: z.enum(CHANGE_TIMES).default("period_end"),
}
const says = (body: { items?: unknown; plan_id?: unknown }) =>
  body.items !== undefined || body.plan_id !== undefined
const SAYS = { error: "takes `items` or `plan_id`" }

const dayFields = {
  ...common,
  day_of_month: z.number().int().min(1).max(31).optional(),
  /** Monday is 1. */
  weekday: z.number().int().min(1).max(7).optional(),
}
const isOneDay = (body: { day_of_month?: number; weekday?: number }) =>
  (body.day_of_month === undefined) !== (body.weekday === undefined)
const ONE_DAY = { error: "takes `day_of_month` or `weekday`" }

const BODIES = {
  "billing-day/preview": z.strictObject(dayFields).refine(isOneDay, ONE_DAY),
  "billing-day": z
    .strictObject({ ...dayFields, expected_total })
    .refine(isOneDay, ONE_DAY),
  "change/preview": z.strictObject(changeFields).refine(says, SAYS),
  change: z
    .strictObject({ ...changeFields, expected_total })
    .refine(says, SAYS),
}

/** The checks of these bodies, for customers and for staff. */
export function changeMiddlewares(root: string): MiddlewareRoute[] {
  return Object.entries(BODIES).map(([path, body]) => ({
    matcher: `${root}/:id/${path}`,
    methods: ["POST"],
    middlewares: [validateBody(body)],
  }))
}
