import { invalidParams } from "../http/errors"
import type { Params } from "../http/params"
import { clientSecretOf } from "../model/ids"
import type { PaymentIntent } from "../model/objects"
import type { World } from "../model/world"
import { readPaymentMethodTypes } from "./intent-params"
import { readShipping, readText } from "./shared-params"

/** From this version on automatic capture is asynchronous. */
const ASYNC_CAPTURE_SINCE = "2024-04-10"

/** The smallest amounts Stripe charges, for the currencies tests use. */
const MINIMUM_AMOUNTS: Record<string, number> = {
  chf: 50,
  dkk: 250,
  eur: 50,
  gbp: 30,
  jpy: 50,
  nok: 300,
  pln: 200,
  sek: 300,
  usd: 50,
}

/** The values of `setup_future_usage`. */
export const USAGES = ["on_session", "off_session"] as const

const CAPTURE_METHODS = ["automatic", "automatic_async", "manual"] as const

/** Reads and checks an amount in the smallest unit of its currency. */
export function readAmount(params: Params, currency: string): number {
  const amount = params.integer("amount") ?? 0
  if (amount < 1) {
    throw invalidParams("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount",
    })
  }
  if (amount < (MINIMUM_AMOUNTS[currency] ?? 1)) {
    throw invalidParams(
      `Amount must be at least ${MINIMUM_AMOUNTS[currency]} ${currency}`,
      { code: "amount_too_small", param: "amount" }
    )
  }
  return amount
}

/** Reads a currency; Stripe writes them in lower case. */
export function readCurrency(params: Params): string {
  const currency = params.id("currency")?.toLowerCase() ?? ""
  if (!/^[a-z]{3}$/.test(currency)) {
    throw invalidParams(`Invalid currency: ${currency}`, { param: "currency" })
  }
  return currency
}

/** Reads how the money is captured. */
export function readCaptureMethod(params: Params) {
  return params.word("capture_method", CAPTURE_METHODS)
}

/** A new payment intent, not stored yet. */
export function newPaymentIntent(world: World, params: Params): PaymentIntent {
  const currency = readCurrency(params)
  const amount = readAmount(params, currency)
  const types = readPaymentMethodTypes(world, params)
  const captureByDefault =
    world.apiVersion >= ASYNC_CAPTURE_SINCE ? "automatic_async" : "automatic"
  const id = world.ids.next("pi")
  return {
    id,
    object: "payment_intent",
    amount,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: readCaptureMethod(params) ?? captureByDefault,
    client_secret: clientSecretOf(id),
    confirmation_method:
      params.word("confirmation_method", ["automatic", "manual"]) ??
      "automatic",
    created: world.now(),
    currency,
    customer: null,
    description: readText(params, "description"),
    invoice: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    metadata: params.metadata({}),
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    ...types,
    processing: null,
    receipt_email: readText(params, "receipt_email"),
    review: null,
    setup_future_usage: params.word("setup_future_usage", USAGES) ?? null,
    shipping: readShipping(params, null),
    statement_descriptor: readText(params, "statement_descriptor"),
    statement_descriptor_suffix: readText(
      params,
      "statement_descriptor_suffix"
    ),
    status: "requires_payment_method",
    transfer_data: null,
    transfer_group: readText(params, "transfer_group"),
  }
}
