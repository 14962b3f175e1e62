import { z } from "@medusajs/framework/zod"
import { MAX_QUANTITY } from "../../../workflows/carts/item-change"
import { id } from "../../_lib/query-schema"

const quantity = z.number().int().min(1).max(MAX_QUANTITY)

/** `POST /store/carts/:id/subscription-items` */
export const addSubscriptionItemSchema = z.strictObject({
  variant_id: id,
  quantity,
  plan_id: id,
})

/** `POST /store/carts/:id/subscription-items/:line_id` */
export const updateSubscriptionItemSchema = z
  .strictObject({ plan_id: id.optional(), quantity: quantity.optional() })
  .refine((body) => body.plan_id !== undefined || body.quantity !== undefined, {
    error: "must have plan_id or quantity",
  })

export type AddSubscriptionItemBody = z.infer<typeof addSubscriptionItemSchema>
export type UpdateSubscriptionItemBody = z.infer<
  typeof updateSubscriptionItemSchema
>
