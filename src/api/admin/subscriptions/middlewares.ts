import type { MiddlewareRoute } from "@medusajs/framework/http"
import {
  actionMiddlewares,
  bulkBody,
} from "../../_lib/subscription-action-bodies"
import { changeMiddlewares } from "../../_lib/subscription-change-bodies"
import { validateBody } from "../../_lib/validate"
import { validatedGet } from "../../_lib/validated-get"
import { recordUsageSchema } from "./usage-validators"
import {
  adminHistoryQuery,
  adminListSubscriptionsQuery,
  adminNoQuery,
  adminScheduleQuery,
  createSubscriptionSchema,
  exportSubscriptionsQuery,
  renewSchema,
  schedulePreviewSchema,
  subscriptionMetricsQuery,
} from "./validators"

const ROOT = "/admin/subscriptions"

export const adminSubscriptionMiddlewares: MiddlewareRoute[] = [
  validatedGet(ROOT, adminListSubscriptionsQuery),
  validatedGet(`${ROOT}/metrics`, subscriptionMetricsQuery),
  validatedGet(`${ROOT}/export`, exportSubscriptionsQuery),
  validatedGet(`${ROOT}/:id`, adminNoQuery),
  validatedGet(`${ROOT}/:id/next-charge`, adminNoQuery),
  validatedGet(`${ROOT}/:id/schedule`, adminScheduleQuery),
  validatedGet(`${ROOT}/:id/cycles`, adminHistoryQuery),
  validatedGet(`${ROOT}/:id/timeline`, adminHistoryQuery),
  validatedGet(`${ROOT}/:id/usage`, adminNoQuery),
  {
    matcher: `${ROOT}/:id/usage`,
    methods: ["POST"],
    middlewares: [validateBody(recordUsageSchema)],
  },
  ...changeMiddlewares(ROOT),
  ...actionMiddlewares(ROOT, [
    "pause",
    "resume",
    "skip",
    "unskip",
    "reschedule",
    "unpark",
    "mark-paid",
    "payment-method",
    "cancel",
    "reactivate",
    "address",
    "add-once",
    "resubscribe",
    "preview",
  ]),
  {
    matcher: `${ROOT}/:id/renew`,
    methods: ["POST"],
    middlewares: [validateBody(renewSchema)],
  },
  {
    matcher: ROOT,
    methods: ["POST"],
    middlewares: [validateBody(createSubscriptionSchema)],
  },
  {
    matcher: `${ROOT}/bulk`,
    methods: ["POST"],
    middlewares: [validateBody(bulkBody)],
  },
  {
    matcher: `${ROOT}/schedule-preview`,
    methods: ["POST"],
    middlewares: [validateBody(schedulePreviewSchema)],
  },
]
