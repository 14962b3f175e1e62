import { date, money } from "../print"
import { readTimeline } from "./portal"
import type { Stage } from "./stage"

/** What the customer can read of it all in her account. */
export async function showHistory(stage: Stage, id: string): Promise<void> {
  const { story, shop } = stage
  story.chapter("What Clara's account says of the coffee")
  const timeline = await readTimeline(stage, id)
  story.table(
    timeline
      // Newest first as it comes; the order of what happened at once is kept.
      .toReversed()
      .toSorted((a, b) => a.occurred_at.localeCompare(b.occurred_at))
      .map((entry) => [
        date(entry.occurred_at),
        entry.type.replaceAll("_", " "),
        detail(entry.data),
      ])
  )
  const { orders } = await shop.store.order.list({ order: "display_id" })
  story.say()
  story.say(
    "Orders: " +
      orders
        .map(
          (order) =>
            `#${order.display_id} ${money(order.total, order.currency_code)}`
        )
        .join(", ")
  )
}

function detail(data: Record<string, unknown> | null): string {
  if (typeof data?.amount === "number") {
    return money(data.amount, String(data.currency_code))
  }
  return typeof data?.code === "string" ? data.code : ""
}
