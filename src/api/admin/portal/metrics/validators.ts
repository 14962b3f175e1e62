import { z } from "@medusajs/framework/zod"
import { id, instant } from "../../../_lib/query-schema"

const DAY_MS = 86_400_000
const MAX_DAYS = 400

/** In milliseconds. Zod asks also where a value is no instant: NaN then. */
const spanOf = ({ from, to }: { from: Date; to: Date }) =>
  new Date(to).getTime() - new Date(from).getTime()

/** Query of `GET /admin/portal/metrics`. */
export const metricsQuery = z
  .strictObject({
    from: instant,
    to: instant,
    tenant_id: id.optional(),
    /** Hours in which a ticket counts. */
    window_hours: z.enum(["24", "72"]).default("24").transform(Number),
  })
  .refine((range) => spanOf(range) > 0, {
    error: "must be after from",
    path: ["to"],
  })
  .refine((range) => spanOf(range) <= MAX_DAYS * DAY_MS, {
    error: `must be within ${MAX_DAYS} days of from`,
    path: ["to"],
  })
export type MetricsQuery = z.infer<typeof metricsQuery>
