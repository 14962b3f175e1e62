import { invalidParams, invalidState } from "../http/errors"
import type { Params } from "../http/params"
import { confirmPayment } from "../model/confirm-payment"
import { chargeOf } from "../model/lookup"
import type { PaymentIntent } from "../model/objects"
import { assertUsableBy, resolvePaymentMethod } from "../model/payment-methods"
import { refundCharge } from "../model/refunds"
import { emit, type World } from "../model/world"
import {
  assertClientSecret,
  assertReturnUrl,
  assertTakesCards,
} from "./intent-params"
import { readCaptureMethod, USAGES } from "./payment-intent-params"
import { readShipping, readText } from "./shared-params"

type Status = PaymentIntent["status"]

const CONFIRMABLE: Status[] = [
  "requires_payment_method",
  "requires_confirmation",
  "requires_action",
]
const CANCELABLE: Status[] = [...CONFIRMABLE, "requires_capture"]

/**
 * Confirms an intent. `accepted` is called once nothing is wrong with the
 * request any more: only then a new intent exists.
 */
export function confirmIntent(
  world: World,
  params: Params,
  intent: PaymentIntent,
  accepted: () => void = () => undefined
): void {
  assertClientSecret(params, intent)
  assertStatus(intent, "confirm", CONFIRMABLE)
  const confirmation = {
    returnUrl: params.id("return_url"),
    useStripeSdk: params.flag("use_stripe_sdk"),
    offSession: isOffSession(params),
    failOnAction: params.flag("error_on_requires_action"),
  }
  assertReturnUrl(intent, confirmation.returnUrl)
  const methodId = methodToConfirm(world, params, intent)
  takeConfirmParams(params, intent)
  intent.payment_method = methodId
  accepted()
  confirmPayment(world, intent, methodId, confirmation)
}

/** Takes the money of an authorized intent, all of it or a part. */
export function captureIntent(
  world: World,
  params: Params,
  intent: PaymentIntent
): void {
  if (intent.status === "succeeded") {
    throw unexpectedState(
      "This PaymentIntent could not be captured because it has already been captured.",
      intent
    )
  }
  assertStatus(intent, "capture", ["requires_capture"])
  const charge = chargeOf(world.store, intent.latest_charge ?? "")
  const amount = params.integer("amount_to_capture") ?? intent.amount_capturable
  if (amount < 1 || amount > intent.amount_capturable) {
    throw invalidParams(
      "The amount to capture has to be positive and at most the amount that is capturable.",
      { param: "amount_to_capture" }
    )
  }
  intent.metadata = params.metadata(intent.metadata)
  intent.amount_received = amount
  intent.amount_capturable = 0
  intent.status = "succeeded"
  charge.captured = true
  charge.amount_captured = amount
  charge.amount_refunded = charge.amount - amount
  emit(world, "charge.captured", charge)
  emit(world, "payment_intent.succeeded", intent)
}

/** Gives an intent up; what was authorized goes back to the customer. */
export function cancelIntent(
  world: World,
  params: Params,
  intent: PaymentIntent
): void {
  assertStatus(intent, "cancel", CANCELABLE)
  if (intent.status === "requires_capture" && intent.latest_charge) {
    refundCharge(world, chargeOf(world.store, intent.latest_charge))
  }
  intent.status = "canceled"
  intent.amount_capturable = 0
  intent.canceled_at = world.now()
  intent.cancellation_reason = params.id("cancellation_reason") ?? null
  intent.next_action = null
  emit(world, "payment_intent.canceled", intent)
}

/** The refusal of an action that the status of the intent forbids. */
export function unexpectedState(message: string, intent: PaymentIntent) {
  return invalidState(message, {
    code: "payment_intent_unexpected_state",
    payment_intent: structuredClone(intent),
  })
}

function assertStatus(
  intent: PaymentIntent,
  action: string,
  allowed: Status[]
): void {
  if (!allowed.includes(intent.status)) {
    throw unexpectedState(
      `You cannot ${action} this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be used: ${allowed.join(", ")}.`,
      intent
    )
  }
}

function methodToConfirm(
  world: World,
  params: Params,
  intent: PaymentIntent
): string {
  const sent = params.id("payment_method")
  const methodId = sent ?? intent.payment_method
  if (!methodId) {
    throw unexpectedState(
      "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method.",
      intent
    )
  }
  const known = methodId === intent.payment_method
  const method = resolvePaymentMethod(world, methodId, "payment_method")
  if (!known) {
    world.store.authenticated.delete(intent.id)
  }
  assertTakesCards(intent)
  assertUsableBy(world, method, intent.customer)
  return method.id
}

function takeConfirmParams(params: Params, intent: PaymentIntent): void {
  intent.capture_method = readCaptureMethod(params) ?? intent.capture_method
  intent.payment_method_types =
    params.list("payment_method_types") ?? intent.payment_method_types
  intent.receipt_email = readText(params, "receipt_email", intent.receipt_email)
  intent.shipping = readShipping(params, intent.shipping)
  if (params.has("setup_future_usage")) {
    intent.setup_future_usage =
      params.word("setup_future_usage", USAGES) ?? null
  }
}

function isOffSession(params: Params): boolean {
  const sent = params.id("off_session")
  return sent !== undefined && sent !== "false"
}
