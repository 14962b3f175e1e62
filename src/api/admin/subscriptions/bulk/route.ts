import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import type { BulkResponse } from "../../../../types/subscription-staff-http"
import { changeManySubscriptions } from "../../../../workflows/subscription-actions/bulk"
import type { BulkBody } from "../../../_lib/subscription-action-bodies"

/**
 * `POST /admin/subscriptions/bulk`: pauses or cancels several, each by itself. What
 * is refused is in the answer, not an error.
 */
export const POST = withPortalErrors(
  async (req: AuthenticatedMedusaRequest<BulkBody>, res: MedusaResponse) => {
    const { ids, ...change } = req.validatedBody
    const results = await changeManySubscriptions(req.scope, {
      ids,
      change,
      actor: { type: "admin", id: req.auth_context.actor_id },
    })
    const done = results.filter(({ status }) => status === "done").length
    res.json({
      done,
      refused: results.length - done,
      results,
    } satisfies BulkResponse)
  }
)
