import type { MedusaContainer } from "@medusajs/framework/types"
import type {
  ListedSubscription,
  SubscriptionFilters,
} from "../../modules/subscription/queries/list-subscriptions"
import { adminView } from "../../modules/subscription/queries/subscription-row"
import { csvLine, type CsvCell } from "../../shared/csv"
import { subscriptionsOf } from "./reader"

const PAGE = 500
/** Far above what a spreadsheet is good for; a narrower filter has the rest. */
const MAX_ROWS = 100_000
/** Says to spreadsheets that what follows is UTF-8. */
const BYTE_ORDER_MARK = "\uFEFF"

const COLUMNS = [
  "id",
  "status",
  "email",
  "customer_id",
  "plan",
  "interval",
  "interval_count",
  "items",
  "currency_code",
  "next_charge_at",
  "next_charge_amount",
  "next_charge_is_estimate",
  "started_at",
  "trial_ends_at",
  "paused_at",
  "cancel_at",
  "canceled_at",
  "ended_at",
] as const

/**
 * A list of subscriptions as CSV, in pieces of some hundred rows: whatever its
 * length, no more than one piece is held at once.
 *
 * @yields the head first, then a piece for each page
 */
export async function* exportSubscriptions(
  container: MedusaContainer,
  filters: SubscriptionFilters
): AsyncGenerator<string> {
  const service = subscriptionsOf(container)
  let after = ""
  let rows = 0
  let head = `${BYTE_ORDER_MARK}${csvLine(COLUMNS)}`
  while (rows < MAX_ROWS) {
    const page = await service.pageForExport({ filters, after, limit: PAGE })
    yield head + page.map(lineOf).join("")
    head = ""
    rows += page.length
    const last = page.at(-1)
    if (!last || page.length < PAGE) {
      return
    }
    after = last.row.id
  }
}

function lineOf({ row, items }: ListedSubscription): string {
  const view = adminView(row, items)
  const cells: Record<(typeof COLUMNS)[number], CsvCell> = {
    id: view.id,
    status: view.status,
    email: view.email,
    customer_id: view.customer_id,
    plan: view.plan.name,
    interval: view.interval,
    interval_count: view.interval_count,
    items: items
      .map(({ quantity, title }) => `${quantity} × ${title}`)
      .join(", "),
    currency_code: view.currency_code,
    next_charge_at: time(view.next_charge?.date),
    next_charge_amount: view.next_charge?.amount ?? null,
    next_charge_is_estimate: view.next_charge
      ? String(view.next_charge.is_estimate)
      : null,
    started_at: time(view.started_at),
    trial_ends_at: time(view.trial_ends_at),
    paused_at: time(view.paused_at),
    cancel_at: time(view.cancel_at),
    canceled_at: time(view.canceled_at),
    ended_at: time(view.ended_at),
  }
  return csvLine(COLUMNS.map((column) => cells[column]))
}

const time = (date: Date | null | undefined): string | null =>
  date?.toISOString() ?? null
