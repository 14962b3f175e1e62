import type { ApiError } from "../http/errors"
import type { DeclineReason } from "./cards"
import type { Charge, PaymentIntent, PaymentMethod } from "./objects"
import type { World } from "./world"

/** Makes the charge that an attempt to pay an intent leaves behind. */
export function createCharge(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod,
  attempt: { authenticated: boolean; captured: boolean }
): Charge {
  const id = world.ids.next("ch")
  const { brand, checks, country, exp_month, exp_year } = method.card
  const charge: Charge = {
    id,
    object: "charge",
    amount: intent.amount,
    amount_captured: attempt.captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: structuredClone(method.billing_details),
    calculated_statement_descriptor: intent.statement_descriptor,
    captured: attempt.captured,
    created: world.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    invoice: null,
    livemode: false,
    metadata: { ...intent.metadata },
    on_behalf_of: null,
    outcome: {
      network_status: "approved_by_network",
      reason: null,
      risk_level: "normal",
      seller_message: "Payment complete.",
      type: "authorized",
    },
    paid: true,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: {
      card: {
        brand,
        checks: { ...checks },
        country,
        exp_month,
        exp_year,
        fingerprint: method.card.fingerprint,
        funding: method.card.funding,
        installments: null,
        last4: method.card.last4,
        mandate: null,
        network: brand,
        three_d_secure: attempt.authenticated
          ? {
              authentication_flow: "challenge",
              result: "authenticated",
              result_reason: null,
              version: "2.2.0",
            }
          : null,
        wallet: null,
      },
      type: "card",
    },
    receipt_email: intent.receipt_email,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: intent.shipping,
    source_transfer: null,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: "succeeded",
    transfer_data: null,
    transfer_group: intent.transfer_group,
  }
  world.store.charges.set(id, charge)
  return charge
}

/** Turns a new charge into one the issuer refused. */
export function failCharge(
  charge: Charge,
  reason: DeclineReason,
  error: ApiError
): void {
  charge.status = "failed"
  charge.paid = false
  charge.captured = false
  charge.amount_captured = 0
  charge.failure_code = error.body.code ?? null
  charge.failure_message = error.body.message
  charge.outcome = {
    network_status: "declined_by_network",
    reason,
    risk_level: "normal",
    seller_message: "The bank did not return any further details.",
    type: "issuer_declined",
  }
}
