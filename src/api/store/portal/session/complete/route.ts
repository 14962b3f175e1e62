import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { completeTask } from "../../../../../workflows/portal-sessions/complete-task"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import type { CompleteTaskBody } from "./validators"

/**
 * `POST /store/portal/session/complete`: the customer has done what they came
 * for. The session is the caller's own, whatever the body says.
 */
export const POST = withPortalErrors(
  async (req: PortalRequest<CompleteTaskBody>, res: MedusaResponse) => {
    const { task } = req.validatedBody
    res.json(await completeTask(req.scope, req.portal, task))
  }
)
