import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { setDefaultMethod } from "../../../../../../workflows/payment-methods/set-default"
import { recordTask } from "../../../../../../workflows/portal-sessions/record-task"
import { pathId } from "../../../../../_lib/path-id"
import type { PortalRequest } from "../../../../../_lib/portal-guard"
import type { DefaultBody } from "../../validators"

/** `POST /store/portal/payment-methods/:id/default` */
export const POST = withPortalErrors(
  async (req: PortalRequest<DefaultBody>, res: MedusaResponse) => {
    const { customer_id, tenant } = req.portal
    const answer = await setDefaultMethod(req.scope, {
      ...req.validatedBody,
      customer_id,
      tenant,
      id: pathId(req),
    })
    await recordTask(req.scope, req.portal, "payment_method_updated")
    res.json(answer)
  }
)
