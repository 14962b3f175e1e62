import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { startSavedMethod } from "../../../../../workflows/payment-methods/start-setup"
import { recordTaskStart } from "../../../../../workflows/portal-sessions/record-task"
import { clientIp } from "../../../../_lib/client"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import type { SetupBody } from "../validators"

/** `POST /store/portal/payment-methods/setup`: begins to save a method. */
export const POST = withPortalErrors(
  async (req: PortalRequest<SetupBody>, res: MedusaResponse) => {
    const { customer_id, tenant, session } = req.portal
    const payment_setup = await startSavedMethod(req.scope, {
      customer_id,
      tenant,
      provider_id: req.validatedBody.provider_id,
      session_id: session?.id ?? null,
      ip: clientIp(req),
    })
    await recordTaskStart(req.scope, req.portal, "payment_method_updated")
    res.json({ payment_setup })
  }
)
