import {
  refetchEntity,
  type MedusaNextFunction,
  type MedusaRequest,
  type MedusaResponse,
} from "@medusajs/framework/http"
import { judgePaymentSession } from "../../../workflows/checkout/judge-payment-session"
import { customerOf } from "./actor"

type Body = { provider_id: string; data?: Record<string, unknown> }

/**
 * Before core opens a payment session.
 *
 * Where nothing is due, core's answer is given with the setup in the place of the
 * session: `data.id` is a SetupIntent's and `data.client_secret` its secret, so a
 * storefront initialises Stripe.js as always and calls `confirmSetup` instead of
 * `confirmPayment`.
 */
export async function guardPaymentSession(
  req: MedusaRequest<Body>,
  res: MedusaResponse,
  next: MedusaNextFunction
): Promise<void> {
  const id = req.params.id ?? ""
  const verdict = await judgePaymentSession(req.scope, {
    payment_collection_id: id,
    provider_id: req.body.provider_id,
    data: req.body.data,
    actor_id: customerOf(req),
  })
  if (verdict.action === "pass") {
    next()
    return
  }
  if (verdict.action === "replace_data") {
    // Core's handler reads `body`, not `validatedBody`.
    req.body = { ...req.body, data: verdict.data }
    req.validatedBody = req.body
    next()
    return
  }
  const collection = (await refetchEntity({
    entity: "payment_collection",
    idOrFilter: id,
    scope: req.scope,
    fields: req.queryConfig.fields,
  })) as Record<string, unknown>
  const { setup, data } = verdict.started
  res.status(200).json({
    payment_collection: {
      ...collection,
      payment_sessions: [
        {
          id: setup.id,
          provider_id: setup.provider_id,
          amount: 0,
          currency_code: collection.currency_code,
          status: "pending",
          data,
        },
      ],
    },
  })
}
