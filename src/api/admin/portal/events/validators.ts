import { z } from "@medusajs/framework/zod"
import { id, instant, oneOrMore, page } from "../../../_lib/query-schema"

/** Query of `GET /admin/portal/events`. */
export const eventsQuery = z.strictObject({
  ...page,
  // Not only those of today's list: old events stay.
  type: oneOrMore(id).optional(),
  customer_id: id.optional(),
  session_id: id.optional(),
  tenant_id: id.optional(),
  from: instant.optional(),
  to: instant.optional(),
})
export type EventsQuery = z.infer<typeof eventsQuery>
