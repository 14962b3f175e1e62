import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { customerFailure } from "../../modules/subscription/domain/customer-history"
import { isStripeProvider } from "../../shared/stripe-provider"
import type { ChargeResult } from "../../types/subscription-actions-http"
import { stripeClientFor } from "../payments/stripe-client"
import type { RenewNowResult } from "../renewals/renew-now"
import { subscriptionsOf } from "../subscription-reads/reader"

const STATUS: Record<RenewNowResult["outcome"], ChargeResult["status"]> = {
  paid: "paid",
  declined: "declined",
  action_required: "action_required",
  unknown: "processing",
  not_charged: "not_charged",
  not_attempted: "not_charged",
}

/**
 * A charge's outcome as routes answer it.
 *
 * @param customer - where the customer's bank leads back to; left out for staff,
 * who get no secret of a customer's payment
 */
export async function chargeResult(
  container: MedusaContainer,
  { outcome, code, cycle_id }: RenewNowResult,
  customer?: { return_url: string }
): Promise<ChargeResult> {
  const status = STATUS[outcome]
  const confirms = status === "action_required" && customer !== undefined
  return {
    status,
    decline_code:
      status === "declined" ? (customer ? customerFailure(code) : code) : null,
    client_secret: confirms ? await clientSecret(container, cycle_id) : null,
    return_url: confirms ? customer.return_url : null,
  }
}

/** What the browser confirms the payment with. It is read and kept nowhere. */
async function clientSecret(
  container: MedusaContainer,
  cycleId: string
): Promise<string | null> {
  const cycle = await subscriptionsOf(
    container
  ).retrievePortalSubscriptionCycle(cycleId, {
    select: ["provider_id", "provider_payment_id", "payment_session_id"],
  })
  const { provider_id, provider_payment_id, payment_session_id } = cycle
  if (isStripeProvider(provider_id) && provider_id && provider_payment_id) {
    const intent = await stripeClientFor(
      container,
      provider_id
    ).paymentIntents.retrieve(provider_payment_id)
    return intent.client_secret
  }
  const [session] = payment_session_id
    ? await container
        .resolve(Modules.PAYMENT)
        .listPaymentSessions({ id: payment_session_id }, { take: 1 })
    : []
  const secret = session?.data?.client_secret
  return typeof secret === "string" ? secret : null
}
