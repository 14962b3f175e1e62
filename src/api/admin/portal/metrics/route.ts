import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import type { AdminPortalMetricsResponse } from "../../../../types/portal-admin-http"
import { portalMetrics } from "../../../../workflows/portal-sessions/metrics"
import type { MetricsQuery } from "./validators"

/** `GET /admin/portal/metrics`: how the portal did. */
export const GET = withPortalErrors(
  async (
    req: AuthenticatedMedusaRequest<unknown, MetricsQuery>,
    res: MedusaResponse
  ) => {
    const metrics = await portalMetrics(req.scope, req.validatedQuery)
    res.json({ metrics } satisfies AdminPortalMetricsResponse)
  }
)
