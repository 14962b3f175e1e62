import { z } from "@medusajs/framework/zod"

const MINUTE = 60
const DAY = 86_400

/** At most so many failures, counted from the first. */
const tries = (max: number, seconds: number) =>
  z
    .strictObject({
      max: z.number().int().min(1).max(1_000_000).default(max),
      seconds: z.number().int().min(1).max(DAY).default(seconds),
    })
    .prefault({})

/** Hardenings around Medusa's own sign-in, each on by default. */
export const securitySchema = z
  .strictObject({
    /** Wrong passwords for one customer or address. @default 10 in 15 minutes */
    passwordTries: tries(10, 15 * MINUTE),
    /** Wrong second factors in one challenge. @default 5 in 5 minutes */
    mfaTriesPerChallenge: tries(5, 5 * MINUTE),
    /** Wrong second factors of one customer. @default 10 in 15 minutes */
    mfaTries: tries(10, 15 * MINUTE),
  })
  .prefault({})
