import type { SubscriptionActionResponse } from "../../src/types/subscription-actions-http"
import type { PricedCharge } from "../../src/types/next-charge-http"
import { expectSame, there } from "../checks"
import { money } from "../print"
import { previewCharge } from "./portal"
import { post, type Stage } from "./stage"

/** Clara wants a mug with the next coffee, once, and thinks better of it. */
export async function addMugOnce(stage: Stage, id: string): Promise<void> {
  const { shop, seed, story } = stage
  story.chapter("A mug with the next coffee, once")
  const path = `/store/portal/subscriptions/${id}/add-once`
  const { id: variant_id } = there("The mug", seed.variants["MUG-SAND"])
  const before = await previewCharge(stage, id)

  const { next_charge } = await post<{ next_charge: PricedCharge }>(
    shop,
    `${path}/preview`,
    { variant_id }
  )
  const { subscription } = await post<SubscriptionActionResponse>(shop, path, {
    variant_id,
    expected_total: next_charge.amount,
  })
  const charged = await previewCharge(stage, id)
  expectSame("The next charge", charged.amount, next_charge.amount)
  const line = there("The mug's line", subscription.one_off_items[0])
  await shop.client.fetch(`${path}/${line.id}`, { method: "DELETE" })
  const after = await previewCharge(stage, id)
  expectSame("The next charge without it", after.amount, before.amount)

  const price = (amount: number) => money(amount, before.currency_code)
  story.table([
    ["Next charge", price(before.amount)],
    ["With a mug", price(charged.amount)],
    ["She takes it back", price(after.amount)],
  ])
}
