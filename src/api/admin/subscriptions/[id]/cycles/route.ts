import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { listAllCycles } from "../../../../../workflows/subscription-reads/list-history"
import { pathId } from "../../../../_lib/path-id"
import type { AdminHistoryQuery } from "../../validators"

/** `GET /admin/subscriptions/:id/cycles`: periods with their charge attempts. */
export const GET = withPortalErrors(
  async (
    req: MedusaRequest<unknown, AdminHistoryQuery>,
    res: MedusaResponse
  ) => {
    const { limit, offset } = req.validatedQuery
    res.json(await listAllCycles(req.scope, pathId(req), { limit, offset }))
  }
)
