import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { EVERYONE } from "../../../../../workflows/subscription-reads/reader"
import { retrieveSchedule } from "../../../../../workflows/subscription-reads/retrieve-schedule"
import { pathId } from "../../../../_lib/path-id"
import type { AdminScheduleQuery } from "../../validators"

/** `GET /admin/subscriptions/:id/schedule`: coming dates and amounts. */
export const GET = withPortalErrors(
  async (
    req: MedusaRequest<unknown, AdminScheduleQuery>,
    res: MedusaResponse
  ) => {
    const schedule = await retrieveSchedule(
      req.scope,
      { scope: EVERYONE, id: pathId(req) },
      req.validatedQuery.count
    )
    res.json({ schedule })
  }
)
