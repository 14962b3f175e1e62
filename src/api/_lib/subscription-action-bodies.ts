/** Bodies of what customers and staff do with a subscription. */
import type { MiddlewareRoute } from "@medusajs/framework/http"
import { z } from "@medusajs/framework/zod"
import {
  CANCELLATION_REASONS,
  SUBSCRIPTION_STATUSES,
} from "../../types/subscription"
import { MAX_QUANTITY } from "../../workflows/carts/item-change"
import { deliveryAddress } from "./delivery-address-body"
import { id, instant, text } from "./query-schema"
import { validateBody } from "./validate"

const MAX_CYCLES = 1_000
/** Far above any order, and exact as a float with three decimals. */
const MAX_TOTAL = 1e11

/** The status that the caller saw; 409 where it is another by now. */
export const expected_status = z.enum(SUBSCRIPTION_STATUSES).optional()
/** The amount that the caller saw; 409 where it would be another by now. */
export const expected_total = z.number().min(0).max(MAX_TOTAL).optional()
const cycles = z.number().int().min(1).max(MAX_CYCLES).optional()

/** An action that takes nothing else. */
const actionBody = z.strictObject({ expected_status })

const pauseFields = { expected_status, until: instant.optional(), cycles }
const isOneEnd = (body: { until?: Date; cycles?: number }) =>
  !body.until || body.cycles === undefined
const ONE_END = { error: "takes `until` or `cycles`, not both" }
const pauseBody = z.strictObject(pauseFields).refine(isOneEnd, ONE_END)

const charge = z.enum(["now", "next_period"]).default("now")
const resumeBody = z.strictObject({ expected_status, charge })

const skipBody = z.strictObject({ expected_status, cycles })

/** A day or an instant: the calendar has a code for what is neither. */
const date = text(40)
const rescheduleBody = z.strictObject({ expected_status, date })

const when = z.enum(["period_end", "now"]).default("period_end")
const cancelBody = z.strictObject({
  expected_status,
  when,
  reason_code: z.enum(CANCELLATION_REASONS).optional(),
  comment: text(2_000).optional(),
  offer_declined: id.optional(),
})

const offerBody = z.strictObject({ expected_status, offer_id: id })

const addressBody = z.strictObject({
  expected_status,
  expected_total,
  shipping_address: deliveryAddress,
})

const addOnce = {
  variant_id: id,
  quantity: z.number().int().min(1).max(MAX_QUANTITY).default(1),
}
const addOnceBody = z.strictObject({
  expected_status,
  expected_total,
  ...addOnce,
})

/** Body of `POST …/:id/add-once/preview`. */
export const addOncePreviewBody = z.strictObject(addOnce)
export type AddOncePreviewBody = z.infer<typeof addOncePreviewBody>

const chargeNowBody = z.strictObject({ expected_status, expected_total })

/** Body of `POST …/:id/resubscribe`. */
export type ResubscribeBody = z.infer<typeof chargeNowBody>

/** Body of `POST …/:id/resubscribe/preview`. */
export const emptyBody = z.strictObject({})
const paymentMethodBody = z.strictObject({
  expected_status,
  payment_method_id: id,
  provider_id: id,
})

const markPaidBody = z.strictObject({
  expected_status,
  /** The period that is meant; 409 where another one is open by now. */
  cycle_id: id.optional(),
  note: text(500).optional(),
})

/** An action and what it takes, as far as it decides what happens. */
const previewBody = z
  .discriminatedUnion("action", [
    z.strictObject({ action: z.literal("pause"), ...pauseFields }),
    z.strictObject({ action: z.literal("resume"), expected_status, charge }),
    z.strictObject({ action: z.literal("skip"), expected_status, cycles }),
    z.strictObject({ action: z.literal("reschedule"), expected_status, date }),
    z.strictObject({ action: z.literal("cancel"), expected_status, when }),
    z.strictObject({
      action: z.enum(["unskip", "unpark", "reactivate"]),
      expected_status,
    }),
  ])
  .refine((body) => body.action !== "pause" || isOneEnd(body), ONE_END)
export type PreviewBody = z.infer<typeof previewBody>

const MAX_BULK = 100

/** Each id once: nothing is done twice, and each has its answer. */
const bulkIds = z
  .array(id)
  .min(1)
  .max(MAX_BULK)
  .refine((ids) => new Set(ids).size === ids.length, {
    error: "must name each subscription once",
  })

/** Body of `POST /admin/subscriptions/bulk`. */
export const bulkBody = z
  .discriminatedUnion("action", [
    z.strictObject({
      action: z.literal("pause"),
      ids: bulkIds,
      until: pauseFields.until,
      cycles,
    }),
    z.strictObject({
      action: z.literal("cancel"),
      ids: bulkIds,
      when,
      reason_code: cancelBody.shape.reason_code,
      comment: cancelBody.shape.comment,
    }),
  ])
  .refine((body) => body.action !== "pause" || isOneEnd(body), ONE_END)
export type BulkBody = z.infer<typeof bulkBody>

const BODIES = {
  pause: pauseBody,
  resume: resumeBody,
  skip: skipBody,
  unskip: actionBody,
  reschedule: rescheduleBody,
  unpark: actionBody,
  "add-once": addOnceBody,
  resubscribe: chargeNowBody,
  address: addressBody,
  "mark-paid": markPaidBody,
  cancel: cancelBody,
  "accept-offer": offerBody,
  reactivate: actionBody,
  "payment-method": paymentMethodBody,
  "order-now": chargeNowBody,
  "retry-payment": chargeNowBody,
  preview: previewBody,
}

/**
 * The checks of actions' bodies.
 *
 * @example
 * actionMiddlewares("/admin/subscriptions", ["pause", "resume"])
 */
export function actionMiddlewares(
  root: string,
  actions: readonly (keyof typeof BODIES)[]
): MiddlewareRoute[] {
  return actions.map((action) => ({
    matcher: `${root}/:id/${action}`,
    methods: ["POST"],
    middlewares: [validateBody(BODIES[action])],
  }))
}
