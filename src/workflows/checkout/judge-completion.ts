import type { MedusaContainer } from "@medusajs/framework/types"
import { PaymentSessionStatus } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { verifySubscriptionItems } from "../carts/verify-subscription-items"
import { isStripeProvider } from "../../shared/stripe-provider"
import { listAccountHolders } from "../payments/account-holder"
import { confirmPaymentSetup, idOf } from "./confirm-payment-setup"
import {
  loadSubscriptionCart,
  type CartPaymentSession,
  type SubscriptionCart,
} from "./load-subscription-cart"
import { findPaymentSetup } from "./payment-setup"
import {
  requireCartCustomer,
  requireOffSessionProvider,
} from "./require-checkout-rules"

/** The statuses of sessions with which core completes a cart. */
const PROCESSABLE: readonly string[] = [
  PaymentSessionStatus.PENDING,
  PaymentSessionStatus.REQUIRES_MORE,
  PaymentSessionStatus.AUTHORIZED,
  PaymentSessionStatus.CAPTURED,
  PaymentSessionStatus.PENDING_AUTHORIZATION,
]

/**
 * Refuses to complete a cart whose subscriptions could not be renewed, so that
 * this is found out now and not with the first renewal. Carts without
 * subscriptions, and carts that are orders already, are core's alone.
 *
 * @throws `customer_required`, `subscription_items_changed`,
 * `payment_provider_not_off_session`, `payment_method_required`
 */
export async function judgeCompletion(
  container: MedusaContainer,
  input: { cart_id: string; actor_id: string | undefined }
): Promise<void> {
  const cart = await loadSubscriptionCart(container, input.cart_id)
  if (!cart || cart.is_placed) {
    return
  }
  const customerId = requireCartCustomer(cart, input.actor_id)
  await requireUnchangedItems(container, cart.id)
  if (cart.total > 0) {
    await requireSavingSessions(container, cart, customerId)
  } else if (cart.requires_payment_method) {
    await requireConfirmedSetup(container, cart, customerId)
  }
}

/** What is bought is what the customer was shown, line for line. */
async function requireUnchangedItems(
  container: MedusaContainer,
  cartId: string
): Promise<void> {
  const verified = await verifySubscriptionItems(container, cartId)
  if (!verified.ok) {
    throw portalError("subscription_items_changed", {
      details: { problem: verified.problem },
    })
  }
}

/**
 * Every session that core might charge saves the method for this customer. One
 * that was opened before the subscription came into the cart does not.
 */
async function requireSavingSessions(
  container: MedusaContainer,
  cart: SubscriptionCart,
  customerId: string
): Promise<void> {
  for (const session of cart.sessions) {
    if (!PROCESSABLE.includes(session.status)) {
      continue
    }
    requireOffSessionProvider(container, session.provider_id)
    if (
      isStripeProvider(session.provider_id) &&
      !(await isSaving(container, session, customerId))
    ) {
      throw portalError("payment_method_required", {
        message:
          "The payment was started before the subscription was in the cart and does not save the payment method. Start the payment again.",
      })
    }
  }
}

async function isSaving(
  container: MedusaContainer,
  { provider_id, data }: CartPaymentSession,
  customerId: string
): Promise<boolean> {
  const payer = idOf(data?.customer)
  if (data?.setup_future_usage !== "off_session" || !payer) {
    return false
  }
  const holders = await listAccountHolders(container, {
    customer_id: customerId,
    provider_id,
  })
  return holders.some(({ external_id }) => external_id === payer)
}

async function requireConfirmedSetup(
  container: MedusaContainer,
  cart: SubscriptionCart,
  customerId: string
): Promise<void> {
  const setup = await findPaymentSetup(container, cart.id)
  if (!setup || setup.customer_id !== customerId) {
    throw portalError("payment_method_required", {
      message:
        "Nothing is due today, but later charges need a payment method. Open a payment session and confirm it first.",
    })
  }
  requireOffSessionProvider(container, setup.provider_id)
  if (!(await confirmPaymentSetup(container, setup))) {
    throw portalError("payment_method_required", {
      message:
        "The payment method for later charges has not been confirmed with the provider.",
    })
  }
}
