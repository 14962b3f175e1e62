import { z } from "@medusajs/framework/zod"
import { SUBSCRIPTION_STATUSES } from "../../../../types/subscription"
import { oneOrMore, order, page, whole } from "../../../_lib/query-schema"

const DEFAULT_DATES = 12
const MAX_DATES = 60

/** Query of `GET /store/portal/subscriptions`. */
export const listSubscriptionsQuery = z.strictObject({
  ...page,
  order: order(["created_at", "updated_at", "next_charge_at"]).default(
    "-created_at"
  ),
  status: oneOrMore(z.enum(SUBSCRIPTION_STATUSES)).optional(),
})
export type ListSubscriptionsQuery = z.infer<typeof listSubscriptionsQuery>

/** Query of a page of history. */
export const historyQuery = z.strictObject(page)
export type HistoryQuery = z.infer<typeof historyQuery>

/** Query of `GET …/:id/schedule`. */
export const scheduleQuery = z.strictObject({
  count: whole(1, MAX_DATES).default(DEFAULT_DATES),
})
export type ScheduleQuery = z.infer<typeof scheduleQuery>

/** Query of routes that take none. */
export const noQuery = z.strictObject({})

/** Body of routes that take none. */
export const noBody = z.strictObject({})
