import { z } from "@medusajs/framework/zod"
import { instant } from "../../_lib/query-schema"

/** Body of `POST /admin/portal/test-clock`. */
export const setTestClockSchema = z.strictObject({
  now: instant.transform((now) => now.toISOString()).nullable(),
})
export type SetTestClockBody = z.infer<typeof setTestClockSchema>

/** Routes that take nothing. */
export const emptySchema = z.strictObject({})
