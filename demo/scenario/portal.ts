import type {
  AdminCycleListResponse,
  NextChargeResponse,
  SubscriptionDetail,
  SubscriptionResponse,
  TimelineResponse,
} from "../../src/types/subscription-http"
import type { AdminCycleView } from "../../src/types/subscription-history-http"
import type { NextChargeView } from "../../src/types/next-charge-http"
import { expectSame, there, until } from "../checks"
import { get, type Stage } from "./stage"

const PATH = "/store/portal/subscriptions"

export type Priced = Extract<NextChargeView, { problem: null }>

/** The customer's own view of a subscription. */
export async function readSubscription(
  { shop }: Stage,
  id: string
): Promise<SubscriptionDetail> {
  return (await get<SubscriptionResponse>(shop, `${PATH}/${id}`)).subscription
}

/** The coming charge to the cent, as the portal shows it beforehand. */
export async function previewCharge(
  { shop }: Stage,
  id: string
): Promise<Priced> {
  const path = `${PATH}/${id}/next-charge`
  const { next_charge } = await get<NextChargeResponse>(shop, path)
  const charge = there("The next charge", next_charge)
  if (charge.problem !== null) {
    throw new Error(`The next charge has no price: ${charge.problem}`)
  }
  return charge
}

export async function readTimeline({ shop }: Stage, id: string) {
  const path = `${PATH}/${id}/timeline`
  return (await get<TimelineResponse>(shop, path)).timeline
}

/** A billing period as the merchant sees it, once it has got somewhere. */
export async function cycleThatIs(
  { admin }: Stage,
  subscriptionId: string,
  cycleId: string,
  status: AdminCycleView["status"]
): Promise<AdminCycleView> {
  const path = `/admin/subscriptions/${subscriptionId}/cycles`
  return until(`period ${cycleId} to be ${status}`, async () => {
    const { cycles } = await get<AdminCycleListResponse>(admin, path)
    return cycles.find((one) => one.id === cycleId && one.status === status)
  })
}

export type Charged = {
  amount: number
  currency: string
  orderNumber: number
}

/**
 * Makes sure that the figure of a period is the same everywhere: previewed,
 * recorded, taken by Stripe, and on the order that the customer sees.
 */
export async function expectCharged(
  stage: Stage,
  cycle: AdminCycleView,
  preview: Priced
): Promise<Charged> {
  const intent = there("The payment", cycle.provider_payment_id)
  const received = (await stage.stripe.received(intent)) / 100
  const orderId = there("The order", cycle.order_id)
  const { order } = await stage.shop.store.order.retrieve(orderId)

  expectSame("The recorded amount", cycle.amount, preview.amount)
  expectSame("The amount that Stripe took", received, preview.amount)
  expectSame("The order's total", order.total, preview.total)
  return {
    amount: received,
    currency: cycle.currency_code,
    orderNumber: order.display_id ?? 0,
  }
}
