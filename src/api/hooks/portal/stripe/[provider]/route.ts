import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { receiveStripeEvent } from "../../../../../workflows/payment-methods/stripe-events"

/**
 * `POST /hooks/portal/stripe/:provider`: what Stripe reports of payment methods,
 * which Medusa's own webhook passes over. `:provider` as in Medusa's webhook
 * (`stripe_stripe`), or the provider's whole id.
 */
export const POST = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    await receiveStripeEvent(req.scope, {
      provider: req.params.provider ?? "",
      payload: Buffer.isBuffer(req.rawBody) ? req.rawBody.toString("utf8") : "",
      signature: req.get("stripe-signature") ?? "",
    })
    res.json({ received: true })
  }
)
