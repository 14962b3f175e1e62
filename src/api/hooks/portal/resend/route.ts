import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import { recordResendEvent } from "../../../../workflows/mails/record-resend-event"

/** `POST /hooks/portal/resend`: what became of a mail, signed by Resend. */
export const POST = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    await recordResendEvent(req.scope, {
      payload: rawBody(req),
      id: req.get("svix-id") ?? "",
      timestamp: req.get("svix-timestamp") ?? "",
      signature: req.get("svix-signature") ?? "",
    })
    res.json({ received: true })
  }
)

/** Empty where the body is not JSON: Medusa keeps none then. */
function rawBody({ rawBody: body }: MedusaRequest): string {
  return Buffer.isBuffer(body) ? body.toString("utf8") : ""
}
