import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import type { SubscriptionMetricsResponse } from "../../../../types/subscription-metrics-http"
import { subscriptionMetrics } from "../../../../workflows/metrics/read-metrics"
import type { SubscriptionMetricsQuery } from "../validators"

/** `GET /admin/subscriptions/metrics`: how subscriptions did, in one currency. */
export const GET = withPortalErrors(
  async (
    req: MedusaRequest<unknown, SubscriptionMetricsQuery>,
    res: MedusaResponse
  ) => {
    const metrics = await subscriptionMetrics(req.scope, req.validatedQuery)
    res.json({ metrics } satisfies SubscriptionMetricsResponse)
  }
)
