import { z } from "@medusajs/framework/zod"
import { MAX_USAGE } from "../../../types/meters"
import { instant, text } from "../../_lib/query-schema"

/** Body of `POST /admin/subscriptions/:id/usage`. */
export const recordUsageSchema = z.strictObject({
  meter: text(100),
  quantity: z.number().int().min(1).max(MAX_USAGE),
  idempotency_key: text(200),
  occurred_at: instant.optional(),
})
export type RecordUsageBody = z.infer<typeof recordUsageSchema>
