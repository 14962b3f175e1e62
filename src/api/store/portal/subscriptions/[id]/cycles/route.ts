import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { listCustomerCycles } from "../../../../../../workflows/subscription-reads/list-history"
import { scopeOf } from "../../../../../../workflows/subscription-reads/reader"
import { pathId } from "../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../_lib/portal-guard"
import type { HistoryQuery } from "../../validators"

/** `GET /store/portal/subscriptions/:id/cycles`: the billing periods, the newest first. */
export const GET = withPortalErrors(
  async (req: PortalRequest<unknown, HistoryQuery>, res: MedusaResponse) => {
    const { limit, offset } = req.validatedQuery
    res.json(
      await listCustomerCycles(req.scope, scopeOf(req.portal), pathId(req), {
        limit,
        offset,
      })
    )
  }
)
