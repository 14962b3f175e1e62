import { z } from "@medusajs/framework/zod"
import { id, page } from "../../_lib/query-schema"

const code = (letters: 2 | 3) =>
  z
    .string()
    .regex(new RegExp(`^[a-z]{${letters}}$`, "i"), {
      error: `must be ${letters} letters`,
    })
    .transform((value) => value.toLowerCase())

/** Query of `GET /store/products/:id/subscription-plans`. */
export const listOffersSchema = z.strictObject({
  ...page,
  region_id: id,
  currency_code: code(3).optional(),
  country_code: code(2).optional(),
})
export type ListOffersQuery = z.infer<typeof listOffersSchema>
