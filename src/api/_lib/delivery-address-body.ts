import { z } from "@medusajs/framework/zod"
import { text } from "./query-schema"

const line = text(250)
const optional = text(100).nullable().optional()

/** Where goods go, or bills. */
export const deliveryAddress = z.strictObject({
  first_name: optional,
  last_name: optional,
  company: text(250).nullable().optional(),
  phone: text(50).nullable().optional(),
  address_1: line,
  address_2: line.nullable().optional(),
  city: text(100),
  province: optional,
  postal_code: text(20).nullable().optional(),
  country_code: z
    .string()
    .regex(/^[a-zA-Z]{2}$/, { error: "must be two letters" })
    .transform((code) => code.toLowerCase()),
})

/** Body of `POST …/:id/address/preview`. */
export const addressPreviewBody = z.strictObject({
  shipping_address: deliveryAddress,
})
export type AddressPreviewBody = z.infer<typeof addressPreviewBody>
