import { ApiError, cardError } from "../http/errors"
import { pay } from "./confirm-payment"
import { completeSetup } from "./confirm-setup"
import { paymentIntentOf, paymentMethodOf, setupIntentOf } from "./lookup"
import type { PaymentIntent, PaymentMethod, SetupIntent } from "./objects"
import { emit, type World } from "./world"

/** What the customer does when his bank asks. */
export type Authentication = "success" | "failure"

const NOT_AUTHENTICATED =
  "The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again."

/**
 * The customer answers 3-D Secure of an intent that waits for it.
 *
 * @throws when the intent does not wait for the customer
 */
export function authenticate(
  world: World,
  intentId: string,
  outcome: Authentication
): PaymentIntent | SetupIntent {
  return intentId.startsWith("seti_")
    ? authenticateSetup(world, setupIntentOf(world.store, intentId), outcome)
    : authenticatePayment(
        world,
        paymentIntentOf(world.store, intentId),
        outcome
      )
}

function authenticatePayment(
  world: World,
  intent: PaymentIntent,
  outcome: Authentication
): PaymentIntent {
  const method = waitingMethod(world, intent)
  intent.next_action = null
  if (outcome === "failure") {
    intent.last_payment_error = authenticationFailure(
      "payment_intent_authentication_failure",
      method
    )
    intent.payment_method = null
    intent.status = "requires_payment_method"
    emit(world, "payment_intent.payment_failed", intent)
  } else if (intent.confirmation_method === "manual") {
    world.store.authenticated.add(intent.id)
    intent.status = "requires_confirmation"
  } else {
    payQuietly(world, intent, method)
  }
  return intent
}

function authenticateSetup(
  world: World,
  intent: SetupIntent,
  outcome: Authentication
): SetupIntent {
  const method = waitingMethod(world, intent)
  intent.next_action = null
  if (outcome === "success") {
    completeSetup(world, intent, method)
    return intent
  }
  intent.last_setup_error = authenticationFailure(
    "setup_intent_authentication_failure",
    method
  )
  intent.payment_method = null
  intent.status = "requires_payment_method"
  emit(world, "setup_intent.setup_failed", intent)
  return intent
}

/** The customer's browser learns of a decline from the intent. */
function payQuietly(
  world: World,
  intent: PaymentIntent,
  method: PaymentMethod
): void {
  try {
    pay(world, intent, method, true)
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 402)) {
      throw error
    }
  }
}

function waitingMethod(
  world: World,
  intent: PaymentIntent | SetupIntent
): PaymentMethod {
  if (intent.status !== "requires_action" || !intent.payment_method) {
    throw new Error(`${intent.id} is ${intent.status}, not requires_action`)
  }
  return paymentMethodOf(world.store, intent.payment_method)
}

function authenticationFailure(code: string, method: PaymentMethod) {
  return {
    ...cardError(NOT_AUTHENTICATED, { code }).body,
    type: "invalid_request_error" as const,
    payment_method: structuredClone(method),
  }
}
