import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { scopeOf } from "../../../../../../workflows/subscription-reads/reader"
import { retrieveSchedule } from "../../../../../../workflows/subscription-reads/retrieve-schedule"
import { pathId } from "../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../_lib/portal-guard"
import type { ScheduleQuery } from "../../validators"

/** `GET /store/portal/subscriptions/:id/schedule`: coming dates and amounts. */
export const GET = withPortalErrors(
  async (req: PortalRequest<unknown, ScheduleQuery>, res: MedusaResponse) => {
    const schedule = await retrieveSchedule(
      req.scope,
      { scope: scopeOf(req.portal), id: pathId(req) },
      req.validatedQuery.count
    )
    res.json({ schedule })
  }
)
