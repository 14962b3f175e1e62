import type { MedusaContainer } from "@medusajs/framework/types"
import { providerGateway } from "./provider-gateway"
import { isStripeProvider } from "../../shared/stripe-provider"
import { stripeGateway } from "./stripe-gateway"
import { SYSTEM_PROVIDER, systemGateway } from "./system-gateway"

/** A charge of a saved payment method while the customer is away. */
export type OffSessionCharge = {
  provider_id: string
  payment_session_id: string
  /** The provider's id of the payment, where the session has one. */
  provider_payment_id: string | null
  payment_method_id: string | null
  /** The same for every repetition of one attempt, and only for those. */
  idempotency_key: string
}

/** What is known after a charge, or after asking. */
export type ChargeOutcome =
  | { status: "paid"; data?: Record<string, unknown> }
  /** `is_final`: no repetition with this payment method can succeed. */
  | { status: "declined"; code: string; message: string; is_final: boolean }
  | { status: "action_required"; code: string; message: string }
  /**
   * Nothing was charged, and nothing is on its way. `free_at`: not before then, by
   * the rules of card networks.
   */
  | { status: "not_charged"; code: string; message: string; free_at?: Date }
  /** It may have been charged. Only asking can tell. */
  | { status: "unknown"; message: string }

/** What became of a payment that nobody may complete any more. */
export type VoidOutcome =
  | "voided"
  /** The customer was faster: the money is there. */
  | "paid"
  /** Ask again. */
  | "unknown"

/**
 * How renewals reach a payment provider. No call throws: what goes wrong on
 * the way is an outcome.
 */
export type OffSessionGateway = {
  /** Charges. Called once an attempt, after the attempt is recorded. */
  charge(charge: OffSessionCharge): Promise<ChargeOutcome>
  /** Asks what became of a charge. Never charges. */
  inspect(charge: OffSessionCharge): Promise<ChargeOutcome>
  /** Makes sure that a payment is never completed, or says that it was. */
  void(charge: OffSessionCharge): Promise<VoidOutcome>
}

/** The gateway of a payment provider. */
export function gatewayFor(
  container: MedusaContainer,
  providerId: string
): OffSessionGateway {
  if (providerId === SYSTEM_PROVIDER) {
    return systemGateway
  }
  return isStripeProvider(providerId)
    ? stripeGateway(container, providerId)
    : providerGateway(container)
}
