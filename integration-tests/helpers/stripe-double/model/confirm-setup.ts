import { declineError } from "./declines"
import { cardStateOf, paymentMethodOf } from "./lookup"
import { requireAction, type ReturnPath } from "./next-action"
import type { PaymentMethod, SetupIntent } from "./objects"
import { assertUsableBy, attachPaymentMethod } from "./payment-methods"
import { emit, type World } from "./world"

/**
 * Tries to set up the card of an intent for later.
 *
 * @throws the decline, after the intent took note of it
 */
export function confirmSetup(
  world: World,
  intent: SetupIntent,
  methodId: string,
  returnPath: ReturnPath
): void {
  const method = paymentMethodOf(world.store, methodId)
  assertUsableBy(world, method, intent.customer)
  const { behaviour, setUp } = cardStateOf(world.store, method.id)
  intent.last_setup_error = null
  intent.next_action = null
  if (behaviour.decline && behaviour.declineOnSetup) {
    const about = { payment_method: structuredClone(method) }
    const error = declineError(behaviour.decline, about)
    intent.last_setup_error = error.body
    intent.payment_method = null
    intent.status = "requires_payment_method"
    emit(world, "setup_intent.setup_failed", intent)
    throw declineError(behaviour.decline, {
      ...about,
      setup_intent: structuredClone(intent),
    })
  }
  const asks =
    behaviour.authentication === "always" ||
    (behaviour.authentication === "until_set_up" && !setUp)
  if (asks) {
    intent.status = "requires_action"
    requireAction(world, intent, returnPath)
    emit(world, "setup_intent.requires_action", intent)
    return
  }
  completeSetup(world, intent, method)
}

/** Saves the card: nothing more is asked of the customer. */
export function completeSetup(
  world: World,
  intent: SetupIntent,
  method: PaymentMethod
): void {
  if (intent.customer) {
    attachPaymentMethod(world, method, intent.customer)
  }
  cardStateOf(world.store, method.id).setUp = true
  intent.next_action = null
  intent.status = "succeeded"
  emit(world, "setup_intent.succeeded", intent)
}
