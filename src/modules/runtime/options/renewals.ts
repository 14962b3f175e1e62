import { z } from "@medusajs/framework/zod"

/** How renewals are charged. */
export const renewalsSchema = z
  .strictObject({
    /** How many due cycles one batch takes. @default 50 */
    batchSize: z.number().int().min(1).max(500).default(50),
    /** How many provider calls one worker makes at a time. @default 8 */
    concurrency: z.number().int().min(1).max(64).default(8),
    /**
     * Seconds after which a cycle whose worker died may be taken by another.
     * Longer than the slowest provider call. Real time, not the test clock's.
     * @default 120
     */
    leaseSeconds: z.number().int().min(1).max(3600).default(120),
    /**
     * Days after a declined charge at which it is tried again. An empty list
     * means that a declined cycle is not tried again by itself.
     * @default [1, 3, 5, 7]
     */
    retryDays: z
      .array(z.number().positive().max(90))
      .max(15)
      .default([1, 3, 5, 7]),
    /**
     * What happens to a subscription when the last try was declined.
     * @default "past_due"
     */
    afterLastRetry: z.enum(["past_due", "pause", "cancel"]).default("past_due"),
    /**
     * Days after the first decline for which a customer keeps access.
     * @default 7
     */
    graceDays: z.number().int().min(0).max(365).default(7),
    /**
     * Days that a customer has for the bank's confirmation (3-D Secure); after
     * them, the charge counts as declined.
     * @default 3
     */
    actionRequiredDays: z.number().int().min(1).max(30).default(3),
    /**
     * A second captured charge of one subscription within so many hours parks
     * the subscription: it is charged no more until a person looks at it.
     * 0 switches the bound off.
     * @default 20
     */
    safetyHours: z.number().min(0).max(168).default(20),
  })
  .prefault({})
