import type { SubscriptionActionResponse } from "../../src/types/subscription-actions-http"
import type { PricedCharge } from "../../src/types/next-charge-http"
import { expectSame, there } from "../checks"
import { date, money } from "../print"
import { post, type Stage } from "./stage"

/** Clara ends the course, regrets it, and begins again with one call. */
export async function beginAgain(stage: Stage, id: string): Promise<void> {
  const { shop, story } = stage
  story.chapter("Clara ends the course, and begins again")
  const path = `/store/portal/subscriptions/${id}`
  await post(shop, `${path}/cancel`, { when: "now" })
  const { next_charge } = await post<{ next_charge: PricedCharge }>(
    shop,
    `${path}/resubscribe/preview`
  )
  const click = () =>
    post<SubscriptionActionResponse>(shop, `${path}/resubscribe`, {
      expected_total: next_charge.amount,
    })
  const [first, second] = [await click(), await click()]
  expectSame("The payment", first.payment?.status, "paid")
  expectSame("The second click", second.payment, null)
  expectSame(
    "The subscription of both",
    second.subscription.id,
    first.subscription.id
  )
  const { next_charge: next } = first.subscription
  story.table([
    ["Charged at once", money(next_charge.amount, next_charge.currency_code)],
    ["Clicked twice", "one subscription, one charge, no second trial"],
    ["Next charge", date(there("The next charge", next).date)],
  ])
}
