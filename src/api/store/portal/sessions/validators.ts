import { z } from "@medusajs/framework/zod"

/** A link's token. Its shape is judged by its signature. */
const token = z.string().min(1).max(1000)

/** Body of `POST …/preview` and `…/recover`. */
export const linkSchema = z.strictObject({ token })
export type LinkBody = z.infer<typeof linkSchema>

/** Body of `POST …/exchange`. */
export const exchangeSchema = z.strictObject({
  token,
  /** Random text of the browser, for asking again when the answer was lost. */
  nonce: z
    .string()
    .regex(/^[A-Za-z0-9_-]{16,128}$/, {
      error: "must be 16 to 128 letters, digits, - and _",
    })
    .optional(),
})
export type ExchangeBody = z.infer<typeof exchangeSchema>
