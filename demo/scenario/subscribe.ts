import { expectInstant, expectSame, there } from "../checks"
import { date, money } from "../print"
import {
  addSubscription,
  newCart,
  payAndComplete,
  readOffer,
  subscriptionOf,
} from "./checkout"
import type { Plans } from "./plans"
import { previewCharge, readSubscription } from "./portal"
import type { Stage } from "./stage"
import { setClock } from "./time"

const TODAY = "2026-01-31T10:00:00+01:00"
export const FIRST_RENEWAL = "2026-02-28T10:00:00+01:00"

/** Clara subscribes to coffee and buys a mug in the same cart. */
export async function subscribeToCoffee(
  stage: Stage,
  plans: Plans
): Promise<string> {
  const { shop, story, seed, stripe } = stage
  await setClock(stage, TODAY)
  story.chapter(`${date(TODAY)}: Clara subscribes to coffee`)

  const offer = await readOffer(stage, "COFFEE-250", plans.coffee.id)
  const price = (amount: number) => money(amount, offer.currency_code)
  story.say("The product page offers 250 g of coffee")
  story.table([
    ["  once", price(offer.list_unit_price)],
    ["  every month, first delivery", price(offer.first_unit_price)],
    ["  every month, later ones", price(offer.recurring_unit_price)],
  ])

  const { id } = await newCart(stage)
  await addSubscription(stage, id, {
    sku: "COFFEE-250",
    planId: plans.coffee.id,
    quantity: 2,
  })
  await shop.store.cart.createLineItem(id, {
    variant_id: there("The mug", seed.variants["MUG-SAND"]).id,
    quantity: 1,
  })
  const { shipping_options: options } =
    await shop.store.fulfillment.listCartOptions({ cart_id: id })
  const cheapest = there(
    "A way to send it",
    options.toSorted((a, b) => a.amount - b.amount)[0]
  )
  const { cart } = await shop.store.cart.addShippingMethod(id, {
    option_id: cheapest.id,
  })
  story.say()
  story.table([
    ...(cart.items ?? []).map((item) => [
      `${item.quantity} × ${item.product_title}`,
      price(item.unit_price * item.quantity),
      item.metadata?.portal_plan_id ? "every month" : "once",
    ]),
    [cheapest.name, price(cart.shipping_total), ""],
    ["To pay today, tax included", price(cart.total), ""],
  ])

  const { order, intent } = await payAndComplete(stage, cart)
  const received = (await stripe.received(intent)) / 100
  expectSame("What Stripe took", received, cart.total)
  expectSame("The order's total", order.total, cart.total)
  story.say()
  story.say(
    `Paid with Visa …4242: ${price(received)}, order #${order.display_id}`
  )
  return subscriptionOf(stage, order.id)
}

/** What she sees in the portal afterwards. */
export async function showSubscription(
  stage: Stage,
  id: string
): Promise<void> {
  const subscription = await readSubscription(stage, id)
  const next = await previewCharge(stage, id)
  expectSame("The status", subscription.status, "active")
  expectInstant("The first renewal", next.date, FIRST_RENEWAL)

  const price = (amount: number) => money(amount, next.currency_code)
  stage.story.chapter("Her account shows the subscription")
  stage.story.table([
    ["Status", subscription.status],
    ["Next charge", date(next.date)],
    ...next.items.map((item) => [
      `  ${item.quantity} × ${item.title}`,
      price(item.unit_price * item.quantity),
    ]),
    ...next.shipping_methods.map((method) => [
      `  ${method.name}`,
      price(method.amount),
    ]),
    ["  total", price(next.amount)],
    ["  tax in it", price(next.tax_total)],
  ])
}
