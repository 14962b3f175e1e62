import { z } from "@medusajs/framework/zod"

/** Hardenings around Medusa's own sign-in, each on by default. */
export const securitySchema = z.strictObject({}).prefault({})
