import type {
  ChangePreviewResponse,
  ChangeResponse,
} from "../../src/types/subscription-change-http"
import { expectSame, there } from "../checks"
import { date, money } from "../print"
import { previewCharge, readSubscription } from "./portal"
import { post, type Stage } from "./stage"

/** Clara drinks more coffee: one more bag from now on, in the middle of a month. */
export async function takeAnotherBag(stage: Stage, id: string): Promise<void> {
  const { shop, story } = stage
  story.chapter("Another bag of coffee, from the middle of the month")
  const path = `/store/portal/subscriptions/${id}/change`
  const { items } = await readSubscription(stage, id)
  const coffee = there("The coffee", items[0])
  const wanted = {
    items: [{ id: coffee.id, quantity: coffee.quantity + 1 }],
    when: "now",
  }
  const { preview } = await post<ChangePreviewResponse>(
    shop,
    `${path}/preview`,
    wanted
  )
  const { change, payment, subscription } = await post<ChangeResponse>(
    shop,
    path,
    { ...wanted, at: preview.at, expected_total: preview.due_now }
  )
  expectSame("What is charged", change.due_now, preview.due_now)
  expectSame("The payment", payment?.status, "paid")
  expectSame("The bags", subscription.items[0]?.quantity, coffee.quantity + 1)
  const next = await previewCharge(stage, id)
  expectSame("The next charge", next.amount, preview.next_amount)

  const price = (amount: number) => money(amount, preview.currency_code)
  story.table([
    ["Credit for the rest of the month", price(preview.credit)],
    ["The same with another bag", price(preview.charge)],
    ["Charged now", price(change.due_now)],
    [
      "Next charge",
      `${price(next.amount)} on ${date(there("The date", preview.next_date))}`,
    ],
  ])
}
