import { missing } from "../http/errors"
import type {
  Charge,
  Customer,
  PaymentIntent,
  PaymentMethod,
  SetupIntent,
} from "./objects"
import type { CardState, Store } from "./store"

/**
 * Reads an object that has to exist. An id in the path that does not is 404,
 * one in a parameter 400.
 */
function required<Value>(
  found: Value | undefined,
  kind: string,
  id: string,
  param?: string
): Value {
  if (found === undefined) {
    throw missing(kind, id, param ?? "id", param ? 400 : 404)
  }
  return found
}

/** A customer that was not deleted. */
export function customerOf(store: Store, id: string, param?: string): Customer {
  const found = store.customers.get(id)
  const alive = found && "deleted" in found ? undefined : found
  return required(alive, "customer", id, param)
}

/** A payment intent. */
export function paymentIntentOf(
  store: Store,
  id: string,
  param?: string
): PaymentIntent {
  return required(store.paymentIntents.get(id), "payment_intent", id, param)
}

/** A setup intent. */
export function setupIntentOf(store: Store, id: string): SetupIntent {
  return required(store.setupIntents.get(id), "setupintent", id)
}

/** A charge. */
export function chargeOf(store: Store, id: string, param?: string): Charge {
  return required(store.charges.get(id), "charge", id, param)
}

/** A payment method that was made before; test ids are not resolved. */
export function paymentMethodOf(
  store: Store,
  id: string,
  param?: string
): PaymentMethod {
  return required(store.paymentMethods.get(id), "PaymentMethod", id, param)
}

/** How the card behind a payment method behaves. */
export function cardStateOf(store: Store, paymentMethodId: string): CardState {
  return required(
    store.cards.get(paymentMethodId),
    "PaymentMethod",
    paymentMethodId
  )
}
