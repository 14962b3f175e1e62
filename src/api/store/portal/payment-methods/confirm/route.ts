import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { confirmSavedMethod } from "../../../../../workflows/payment-methods/confirm-method"
import { recordTask } from "../../../../../workflows/portal-sessions/record-task"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import { callerOf } from "../caller"
import type { ConfirmBody } from "../validators"

/** `POST /store/portal/payment-methods/confirm`: the provider has a new method. */
export const POST = withPortalErrors(
  async (req: PortalRequest<ConfirmBody>, res: MedusaResponse) => {
    const answer = await confirmSavedMethod(req.scope, {
      ...req.validatedBody,
      ...callerOf(req.portal),
    })
    await recordTask(req.scope, req.portal, "payment_method_updated")
    res.json(answer)
  }
)
