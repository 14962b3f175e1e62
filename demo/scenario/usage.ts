import type { UsageRecordResponse, UsageResponse } from "../../src/types/meters"
import { expectSame, there } from "../checks"
import { money } from "../print"
import type { Plans } from "./plans"
import { previewCharge } from "./portal"
import { get, post, type Stage } from "./stage"

/** The plan charges for tastings by use; a server counts two of them, once. */
export async function countTastings(
  stage: Stage,
  plans: Plans,
  id: string
): Promise<void> {
  const { admin, shop, story } = stage
  story.chapter("Online tastings are charged by use")
  await post(admin, `/admin/subscription-plans/${plans.coffee.id}`, {
    meters: [
      {
        key: "tastings",
        name: "Online tastings",
        aggregation: "sum",
        unit_price: { eur: 2.5 },
      },
    ],
  })
  const before = await previewCharge(stage, id)
  const count = () =>
    post<UsageRecordResponse>(admin, `/admin/subscriptions/${id}/usage`, {
      meter: "tastings",
      quantity: 2,
      idempotency_key: "tasting-room-1",
    })
  const [first, again] = [await count(), await count()]
  expectSame(
    "The record of the same key",
    again.usage_record.id,
    first.usage_record.id
  )
  const { usage } = await get<UsageResponse>(
    shop,
    `/store/portal/subscriptions/${id}/usage`
  )
  const tastings = there("The tastings", usage.meters[0])
  expectSame("The tastings that count", tastings.quantity, 2)
  const after = await previewCharge(stage, id)
  const price = (amount: number) => money(amount, usage.currency_code)
  story.table([
    ["Next charge", price(before.amount)],
    [
      "Two tastings, told twice",
      `${tastings.quantity} × 2.50 before tax: ${price(tastings.amount ?? 0)}`,
    ],
    ["Next charge", price(after.amount)],
  ])
}
