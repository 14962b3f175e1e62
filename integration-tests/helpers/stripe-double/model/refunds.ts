import { invalidParams, invalidState } from "../http/errors"
import type { Charge, Metadata, Refund } from "./objects"
import { emit, type World } from "./world"

/** Gives money of a charge back; all that is left without an amount. */
export function refundCharge(
  world: World,
  charge: Charge,
  options: { amount?: number; reason?: string; metadata?: Metadata } = {}
): Refund {
  const left = charge.amount - charge.amount_refunded
  if (left === 0) {
    throw invalidState(`Charge ${charge.id} has already been refunded.`, {
      code: "charge_already_refunded",
    })
  }
  const amount = options.amount ?? left
  if (amount < 1) {
    throw invalidParams("This value must be greater than or equal to 1.", {
      code: "parameter_invalid_integer",
      param: "amount",
    })
  }
  if (amount > left) {
    throw invalidState(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      { param: "amount" }
    )
  }
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount
  const refund: Refund = {
    id: world.ids.next("re"),
    object: "refund",
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: world.now(),
    currency: charge.currency,
    metadata: options.metadata ?? {},
    payment_intent: charge.payment_intent,
    reason: options.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: "succeeded",
    transfer_reversal: null,
  }
  world.store.refunds.set(refund.id, refund)
  emit(world, "charge.refunded", charge)
  emit(world, "refund.created", refund)
  return refund
}
