import type { Params } from "../http/params"
import { customerOf } from "../model/lookup"
import type { PaymentIntent } from "../model/objects"
import { assertUsableBy, resolvePaymentMethod } from "../model/payment-methods"
import type { World } from "../model/world"
import { assertTakesCards } from "./intent-params"
import { unexpectedState } from "./payment-intent-actions"
import {
  readAmount,
  readCaptureMethod,
  readCurrency,
  USAGES,
} from "./payment-intent-params"
import { readShipping, readText } from "./shared-params"

const OPEN: PaymentIntent["status"][] = [
  "requires_payment_method",
  "requires_confirmation",
  "requires_action",
]

/** What can no longer change once money moved or the intent was canceled. */
const PAYMENT_TERMS = [
  "amount",
  "capture_method",
  "currency",
  "customer",
  "payment_method",
  "payment_method_types",
  "setup_future_usage",
]

/** Changes an intent that was made before. */
export function updateIntent(
  world: World,
  params: Params,
  intent: PaymentIntent
): void {
  const changesTerms = PAYMENT_TERMS.filter((name) => params.has(name))
  if (changesTerms.length > 0 && !OPEN.includes(intent.status)) {
    throw unexpectedState(
      `This PaymentIntent's ${changesTerms[0]} could not be updated because it has a status of ${intent.status}. You may only update it with one of the following statuses: ${OPEN.join(", ")}.`,
      intent
    )
  }
  const terms = readTerms(world, params, intent)
  const texts = {
    description: readText(params, "description", intent.description),
    metadata: params.metadata(intent.metadata),
    receipt_email: readText(params, "receipt_email", intent.receipt_email),
    shipping: readShipping(params, intent.shipping),
    statement_descriptor: readText(
      params,
      "statement_descriptor",
      intent.statement_descriptor
    ),
    statement_descriptor_suffix: readText(
      params,
      "statement_descriptor_suffix",
      intent.statement_descriptor_suffix
    ),
    transfer_group: readText(params, "transfer_group", intent.transfer_group),
  }
  Object.assign(intent, terms, texts)
  if (OPEN.includes(intent.status)) {
    intent.last_payment_error = null
  }
  if (changesTerms.length > 0) {
    world.store.authenticated.delete(intent.id)
    intent.next_action = null
    intent.status = intent.payment_method
      ? "requires_confirmation"
      : "requires_payment_method"
  }
}

function readTerms(world: World, params: Params, intent: PaymentIntent) {
  const customerId = params.id("customer")
  const currency = params.has("currency")
    ? readCurrency(params)
    : intent.currency
  const terms = {
    amount: params.has("amount") ? readAmount(params, currency) : intent.amount,
    capture_method: readCaptureMethod(params) ?? intent.capture_method,
    currency,
    customer: customerId
      ? customerOf(world.store, customerId, "customer").id
      : intent.customer,
    payment_method: intent.payment_method,
    payment_method_types:
      params.list("payment_method_types") ?? intent.payment_method_types,
    setup_future_usage: params.has("setup_future_usage")
      ? (params.word("setup_future_usage", USAGES) ?? null)
      : intent.setup_future_usage,
  }
  const methodId = params.text("payment_method")
  if (methodId) {
    const method = resolvePaymentMethod(world, methodId, "payment_method")
    assertTakesCards({ ...intent, ...terms })
    assertUsableBy(world, method, terms.customer)
    terms.payment_method = method.id
  } else if (methodId === null) {
    terms.payment_method = null
  }
  return terms
}
