import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import { schedule } from "../../../../shared/calendar"
import type { SchedulePreviewResponse } from "../../../../types/subscription-http"
import type { SchedulePreviewBody } from "../validators"

/**
 * `POST /admin/subscriptions/schedule-preview`: the dates of a billing rule,
 * counted as renewals count them, in the form in which the anchor came.
 */
export const POST = withPortalErrors(
  async (req: MedusaRequest<SchedulePreviewBody>, res: MedusaResponse) => {
    const dates = schedule(req.validatedBody)
    res.json({ dates } satisfies SchedulePreviewResponse)
  }
)
