import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateQuery } from "../../../_lib/validate"
import {
  historyQuery,
  listSubscriptionsQuery,
  noQuery,
  scheduleQuery,
} from "./validators"

const ROOT = "/store/portal/subscriptions"

const get = (
  matcher: string,
  schema: Parameters<typeof validateQuery>[0]
): MiddlewareRoute => ({
  matcher,
  methods: ["GET"],
  middlewares: [validateQuery(schema)],
})

export const storeSubscriptionMiddlewares: MiddlewareRoute[] = [
  get(ROOT, listSubscriptionsQuery),
  get(`${ROOT}/:id`, noQuery),
  get(`${ROOT}/:id/next-charge`, noQuery),
  get(`${ROOT}/:id/schedule`, scheduleQuery),
  get(`${ROOT}/:id/cycles`, historyQuery),
  get(`${ROOT}/:id/timeline`, historyQuery),
]
