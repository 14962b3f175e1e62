import type { MedusaContainer } from "@medusajs/framework/types"
import Stripe from "stripe"
import type { ChargeOutcome, OffSessionGateway, VoidOutcome } from "./gateway"
import { stripeClientFor } from "./stripe-client"

/**
 * Codes after which the card networks want no repetition with the same card, or after
 * which none can succeed. All others are tried again: also `expired_card`, because
 * banks renew cards by themselves.
 * @see https://docs.stripe.com/declines/codes
 * @see https://docs.stripe.com/billing/revenue-recovery/smart-retries
 */
const FINAL_DECLINES: ReadonlySet<string> = new Set([
  "card_not_supported",
  "currency_not_supported",
  "do_not_try_again",
  "fraudulent",
  "highest_risk_level",
  "incorrect_number",
  "invalid_account",
  "lost_card",
  "merchant_blacklist",
  "new_account_information_available",
  "pickup_card",
  "restricted_card",
  "revocation_of_all_authorizations",
  "revocation_of_authorization",
  "stolen_card",
  "stop_payment_order",
  "transaction_not_allowed",
])

/**
 * Charges a PaymentIntent that was created unconfirmed and stored before. Because
 * it is the same intent for all attempts of a cycle, and an intent succeeds at
 * most once, no repetition and no crash can charge a cycle twice.
 */
export function stripeGateway(
  container: MedusaContainer,
  providerId: string
): OffSessionGateway {
  const inspect: OffSessionGateway["inspect"] = async ({
    provider_payment_id: id,
  }) => {
    if (!id) {
      return notCharged("payment_missing", "The payment was never created.")
    }
    try {
      const stripe = stripeClientFor(container, providerId)
      return outcomeOf(await stripe.paymentIntents.retrieve(id))
    } catch (error) {
      return unknown(error)
    }
  }

  return {
    inspect,
    void: async (charge) => {
      const { provider_payment_id: id } = charge
      if (!id) {
        return "voided"
      }
      try {
        await stripeClientFor(container, providerId).paymentIntents.cancel(id)
        return "voided"
      } catch {
        // Paid or canceled by now, or no answer: the intent itself knows.
        return voidOutcomeOf(await inspect(charge))
      }
    },
    charge: async (charge) => {
      const { provider_payment_id: id, payment_method_id } = charge
      if (!id || !payment_method_id) {
        return notCharged("payment_missing", "The payment was never created.")
      }
      try {
        const stripe = stripeClientFor(container, providerId)
        return outcomeOf(
          await stripe.paymentIntents.confirm(
            id,
            { payment_method: payment_method_id, off_session: true },
            { idempotencyKey: charge.idempotency_key }
          )
        )
      } catch (error) {
        return await outcomeOfError(error, () => inspect(charge))
      }
    },
  }
}

function outcomeOf(intent: Stripe.PaymentIntent): ChargeOutcome {
  switch (intent.status) {
    case "succeeded":
      return { status: "paid", data: { ...intent } }
    case "processing":
      return { status: "unknown", message: "The payment is processing." }
    case "requires_action":
      return actionRequired()
    case "canceled":
      return {
        status: "declined",
        code: "payment_canceled",
        message: "The payment was canceled.",
        is_final: true,
      }
    case "requires_capture":
      return {
        status: "unknown",
        message: "The payment is authorized and waits for its capture.",
      }
    case "requires_confirmation":
    case "requires_payment_method":
      return intent.last_payment_error
        ? declined(intent.last_payment_error)
        : notCharged("not_confirmed", "The payment was never confirmed.")
  }
}

function voidOutcomeOf(outcome: ChargeOutcome): VoidOutcome {
  if (outcome.status === "paid") {
    return "paid"
  }
  const isCanceled =
    outcome.status === "declined" && outcome.code === "payment_canceled"
  return isCanceled ? "voided" : "unknown"
}

async function outcomeOfError(
  error: unknown,
  ask: () => Promise<ChargeOutcome>
): Promise<ChargeOutcome> {
  if (error instanceof Stripe.errors.StripeCardError) {
    return declined(error)
  }
  if (
    error instanceof Stripe.errors.StripeRateLimitError ||
    error instanceof Stripe.errors.StripeAuthenticationError ||
    error instanceof Stripe.errors.StripePermissionError
  ) {
    return notCharged(error.code ?? "provider_refused", error.message)
  }
  if (error instanceof Stripe.errors.StripeInvalidRequestError) {
    // The intent has moved on without us: a lost answer, a webhook, a person.
    return error.code === "payment_intent_unexpected_state"
      ? await ask()
      : declined(error)
  }
  // Time-outs, 500s and idempotency errors say nothing about the charge. It may
  // still be under way, so the answer to a question asked now could be too early:
  // only a success is sure.
  const now = await ask()
  return now.status === "paid" ? now : unknown(error)
}

function declined(error: {
  code?: string
  decline_code?: string
  /** The card network's own word on a repetition. */
  advice_code?: string
  message?: string
}): ChargeOutcome {
  const code = error.decline_code ?? error.code ?? "card_declined"
  if (code === "authentication_required") {
    return actionRequired()
  }
  return {
    status: "declined",
    code,
    message: error.message ?? "The payment was declined.",
    is_final:
      FINAL_DECLINES.has(code) || error.advice_code === "do_not_try_again",
  }
}

function actionRequired(): ChargeOutcome {
  return {
    status: "action_required",
    code: "authentication_required",
    message: "The customer has to authenticate the payment.",
  }
}

function notCharged(code: string, message: string): ChargeOutcome {
  return { status: "not_charged", code, message }
}

function unknown(error: unknown): ChargeOutcome {
  return {
    status: "unknown",
    message: error instanceof Error ? error.message : "No answer.",
  }
}
