import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { listAccountHolders } from "../payments/account-holder"
import { confirmPaymentSetup, idOf } from "../checkout/confirm-payment-setup"
import { findPaymentSetup } from "../checkout/payment-setup"
import { matchesProvider, SYSTEM_PROVIDER } from "../checkout/providers"
import { isStripeProvider } from "../../shared/stripe-provider"
import { stripeClientFor } from "../payments/stripe-client"
import {
  NO_PAYMENT_SOURCE,
  type PaymentSource,
  type Purchase,
} from "./purchase"

type Session = {
  provider_id: string
  status: string
  created_at: string | Date
  data: Record<string, unknown> | null
}

/** What the order's payment went through, not a session that was left behind. */
const SETTLED = ["authorized", "captured", "pending_authorization"]

/**
 * The payment method that renewals charge: that of the order's payment, or where
 * nothing was due that of the cart's setup. What cannot be charged later is no
 * payment method: the subscription is then incomplete until the customer gives
 * one.
 */
export async function findPaymentSource(
  container: MedusaContainer,
  purchase: Purchase
): Promise<PaymentSource> {
  const { offSessionProviders } =
    container.resolve<RuntimeModuleService>(RUNTIME_MODULE).options
  const session = await findSession(container, purchase.payment_collection_ids)
  const source = session
    ? await sourceOfSession(container, session, purchase.customer_id)
    : await sourceOfSetup(container, purchase)
  return source.provider_id &&
    matchesProvider(offSessionProviders, source.provider_id)
    ? source
    : NO_PAYMENT_SOURCE
}

async function findSession(
  container: MedusaContainer,
  collectionIds: string[]
): Promise<Session | undefined> {
  if (!collectionIds.length) {
    return undefined
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "payment_session",
    fields: ["provider_id", "status", "created_at", "data"],
    filters: { payment_collection_id: collectionIds },
  })
  return (data as unknown as Session[])
    .filter(({ status }) => SETTLED.includes(status))
    .sort(
      (a, b) => Number(new Date(b.created_at)) - Number(new Date(a.created_at))
    )
    .at(0)
}

async function sourceOfSession(
  container: MedusaContainer,
  session: Session,
  customerId: string
): Promise<PaymentSource> {
  const { provider_id } = session
  const none = { ...NO_PAYMENT_SOURCE, provider_id }
  if (provider_id === SYSTEM_PROVIDER) {
    return { ...none, is_usable: true }
  }
  const payment = await paymentOf(container, session)
  const holders = await listAccountHolders(container, {
    customer_id: customerId,
    provider_id,
  })
  if (!isStripeProvider(provider_id)) {
    return {
      ...none,
      account_holder_id: holders[0]?.id ?? null,
      payment_method_id: idOf(payment.payment_method),
      is_usable: true,
    }
  }
  const holder = holders.find(
    ({ external_id }) => external_id === idOf(payment.customer)
  )
  const method = idOf(payment.payment_method)
  // Without it Stripe has not attached the method to the customer, and refuses
  // it at the first renewal.
  const isSaved = payment.setup_future_usage === "off_session"
  return holder && method && isSaved
    ? {
        ...none,
        account_holder_id: holder.id,
        payment_method_id: method,
        is_usable: true,
      }
    : none
}

/** The payment as the provider knows it, asked where Medusa's copy is too old. */
async function paymentOf(
  container: MedusaContainer,
  { provider_id, data }: Session
): Promise<Record<string, unknown>> {
  const known = data ?? {}
  const id = idOf(known)
  if (!isStripeProvider(provider_id) || known.payment_method || !id) {
    return known
  }
  const stripe = stripeClientFor(container, provider_id)
  return { ...(await stripe.paymentIntents.retrieve(id)) }
}

async function sourceOfSetup(
  container: MedusaContainer,
  { cart_id, customer_id }: Purchase
): Promise<PaymentSource> {
  const setup = await findPaymentSetup(container, cart_id)
  if (!setup || setup.customer_id !== customer_id) {
    return NO_PAYMENT_SOURCE
  }
  const confirmed = await confirmPaymentSetup(container, setup)
  return {
    provider_id: setup.provider_id,
    account_holder_id: confirmed?.account_holder_id ?? null,
    payment_method_id: confirmed?.payment_method_id ?? null,
    is_usable: confirmed !== null,
  }
}
