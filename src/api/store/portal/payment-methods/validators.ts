import { z } from "@medusajs/framework/zod"
import { id } from "../../../_lib/query-schema"

/** Ids of providers are compared with a list, and with nothing else. */
const providerId = z
  .string()
  .regex(/^[\w-]{1,100}$/, { error: "must be the id of a payment provider" })

/** Query of `GET /store/portal/payment-methods`. */
export const listQuery = z.strictObject({})

/** Body of `POST …/setup`. Whatever else is sent is refused, not handed on. */
export const setupBody = z.strictObject({ provider_id: providerId })
export type SetupBody = z.infer<typeof setupBody>

/** Body of `POST …/confirm`. */
export const confirmBody = z
  .strictObject({
    provider_id: providerId,
    setup_id: id.optional(),
    payment_method_id: id.optional(),
    set_default: z.boolean().optional(),
    apply_to_subscriptions: z.boolean().optional(),
  })
  .refine(
    ({ setup_id, payment_method_id }) =>
      (setup_id === undefined) !== (payment_method_id === undefined),
    { error: "send either setup_id or payment_method_id" }
  )
  .refine(
    ({ set_default, apply_to_subscriptions }) =>
      !(apply_to_subscriptions && set_default === false),
    { error: "apply_to_subscriptions makes the method the default" }
  )
export type ConfirmBody = z.infer<typeof confirmBody>

/** Body of `POST …/:id/default`. */
export const defaultBody = z.strictObject({
  provider_id: providerId.optional(),
  apply_to_subscriptions: z.boolean().optional(),
})
export type DefaultBody = z.infer<typeof defaultBody>

/** Query of `DELETE …/:id`. */
export const deleteQuery = z.strictObject({
  provider_id: providerId.optional(),
  replace_with: id.optional(),
})
export type DeleteQuery = z.infer<typeof deleteQuery>
