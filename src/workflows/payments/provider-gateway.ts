import type { MedusaContainer, PaymentDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { ChargeOutcome, OffSessionGateway } from "./gateway"

/**
 * Charges through Medusa's payment module alone, for every provider that can
 * authorize a session while the customer is away. The module records payment and
 * capture itself. A payment session has at most one payment, by a unique index of
 * the module, so a repetition finds the payment of the first time.
 */
export function providerGateway(container: MedusaContainer): OffSessionGateway {
  const payments = container.resolve(Modules.PAYMENT)

  /** An authorization can be captured once, so completing one is no new charge. */
  const capture = async (payment: PaymentDTO): Promise<ChargeOutcome> => {
    if (!payment.captured_at) {
      await payments.capturePayment({ payment_id: payment.id })
    }
    return { status: "paid" }
  }

  const ask: OffSessionGateway["inspect"] = async (charge) => {
    const id = charge.payment_session_id
    const [payment] = await payments.listPayments(
      { payment_session_id: id },
      { take: 1 }
    )
    if (payment) {
      return await capture(payment)
    }
    const [session] = await payments.listPaymentSessions({ id }, { take: 1 })
    return outcomeOfSession(session?.status)
  }

  return {
    inspect: async (charge) => await ask(charge).catch(lost),
    void: async (charge) => {
      try {
        const { status } = await ask(charge)
        if (status === "paid") {
          return "paid"
        }
        await payments.deletePaymentSession(charge.payment_session_id)
        return "voided"
      } catch {
        return "unknown"
      }
    },
    charge: async (charge) => {
      try {
        const payment = await payments.authorizePaymentSession(
          charge.payment_session_id,
          {}
        )
        return payment ? await capture(payment) : lost()
      } catch {
        // The module says "not authorized" for every reason alike; the session
        // knows more.
        return await ask(charge).catch(lost)
      }
    },
  }
}

function outcomeOfSession(status: string | undefined): ChargeOutcome {
  switch (status) {
    case "error":
    case "canceled":
      return {
        status: "declined",
        code: "payment_declined",
        message: "The payment was declined.",
        is_final: false,
      }
    case "requires_more":
      return {
        status: "action_required",
        code: "authentication_required",
        message: "The customer has to authenticate the payment.",
      }
    case undefined:
    default:
      return lost()
  }
}

/** Waits for the provider's word or for a person. */
function lost(): ChargeOutcome {
  return { status: "unknown", message: "The provider did not say." }
}
