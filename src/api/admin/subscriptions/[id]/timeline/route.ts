import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { listWholeTimeline } from "../../../../../workflows/subscription-reads/list-history"
import { pathId } from "../../../../_lib/path-id"
import type { AdminHistoryQuery } from "../../validators"

/** `GET /admin/subscriptions/:id/timeline`: what happened, the newest first. */
export const GET = withPortalErrors(
  async (
    req: MedusaRequest<unknown, AdminHistoryQuery>,
    res: MedusaResponse
  ) => {
    const { limit, offset } = req.validatedQuery
    res.json(await listWholeTimeline(req.scope, pathId(req), { limit, offset }))
  }
)
