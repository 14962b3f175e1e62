import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody, validateQuery } from "../../_lib/validate"
import {
  adminHistoryQuery,
  adminListSubscriptionsQuery,
  adminNoQuery,
  adminScheduleQuery,
  renewSchema,
  schedulePreviewSchema,
} from "./validators"

const ROOT = "/admin/subscriptions"

const get = (
  matcher: string,
  schema: Parameters<typeof validateQuery>[0]
): MiddlewareRoute => ({
  matcher,
  methods: ["GET"],
  middlewares: [validateQuery(schema)],
})

export const adminSubscriptionMiddlewares: MiddlewareRoute[] = [
  get(ROOT, adminListSubscriptionsQuery),
  get(`${ROOT}/:id`, adminNoQuery),
  get(`${ROOT}/:id/next-charge`, adminNoQuery),
  get(`${ROOT}/:id/schedule`, adminScheduleQuery),
  get(`${ROOT}/:id/cycles`, adminHistoryQuery),
  get(`${ROOT}/:id/timeline`, adminHistoryQuery),
  {
    matcher: `${ROOT}/:id/renew`,
    methods: ["POST"],
    middlewares: [validateBody(renewSchema)],
  },
  {
    matcher: `${ROOT}/schedule-preview`,
    methods: ["POST"],
    middlewares: [validateBody(schedulePreviewSchema)],
  },
]
