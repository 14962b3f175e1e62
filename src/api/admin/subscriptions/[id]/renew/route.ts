import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import type { RenewResponse } from "../../../../../types/subscription-staff-http"
import { renewNow } from "../../../../../workflows/renewals/renew-now"
import { pathId } from "../../../../_lib/path-id"
import type { RenewBody } from "../../validators"

/**
 * `POST /admin/subscriptions/:id/renew`: charges the open cycle now, due or not.
 * A decline is an outcome, not an error.
 */
export const POST = withPortalErrors(
  async (req: MedusaRequest<RenewBody>, res: MedusaResponse) => {
    const { outcome, cycle_id, status } = await renewNow(req.scope, {
      subscription_id: pathId(req),
      expected_status: req.validatedBody.expected_status,
    })
    res.json({
      outcome,
      cycle: { id: cycle_id, status },
    } satisfies RenewResponse)
  }
)
