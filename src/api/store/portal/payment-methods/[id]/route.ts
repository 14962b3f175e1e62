import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { deleteSavedMethod } from "../../../../../workflows/payment-methods/delete-method"
import { recordTask } from "../../../../../workflows/portal-sessions/record-task"
import { pathId } from "../../../../_lib/path-id"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import { callerOf } from "../caller"
import type { DeleteQuery } from "../validators"

/** `DELETE /store/portal/payment-methods/:id?replace_with` */
export const DELETE = withPortalErrors(
  async (req: PortalRequest<unknown, DeleteQuery>, res: MedusaResponse) => {
    const answer = await deleteSavedMethod(req.scope, {
      ...req.validatedQuery,
      ...callerOf(req.portal),
      id: pathId(req),
    })
    await recordTask(req.scope, req.portal, "payment_method_removed")
    res.json(answer)
  }
)
