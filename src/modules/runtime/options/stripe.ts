import { z } from "@medusajs/framework/zod"

/** How the plugin's own calls reach Stripe. */
export const stripeSchema = z
  .strictObject({
    /** Host of Stripe's API. Only for a proxy or a test double. @default "api.stripe.com" */
    host: z.string().min(1).optional(),
    /** Port of Stripe's API. @default 443 */
    port: z.number().int().min(1).max(65535).optional(),
    /** Protocol of Stripe's API. @default "https" */
    protocol: z.enum(["http", "https"]).optional(),
    /** How long one call may take, in milliseconds. @default 20000 */
    timeout: z.number().int().min(100).max(80000).default(20000),
    /**
     * Secret keys by payment provider id, for stores whose payment module does not
     * carry them in its options. By default the key of the payment module's own
     * provider of the same id is used.
     */
    apiKeys: z.record(z.string(), z.string().min(1)).default({}),
  })
  .prefault({})
