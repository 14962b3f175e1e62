import type { SubscriptionStatus } from "../../../types/subscription"
import type { SubscriptionItemView } from "../../../types/subscription-http"
import { execute, type ModuleContext } from "../../../database/execute"
import { NEXT_CHARGE_AT, OPEN_CYCLE } from "./open-cycle"
import { allOf, within, type Condition, type ReadScope } from "./read-scope"
import { LIST_COLUMNS, readItems, type ListRow } from "./subscription-row"

/** Fields that a list can be sorted by. */
export const SUBSCRIPTION_ORDERS = [
  "created_at",
  "updated_at",
  "next_charge_at",
  "email",
  /** Those that need a person first, then the newest. */
  "attention",
] as const
export type SubscriptionOrder = (typeof SUBSCRIPTION_ORDERS)[number]

/** What a list of subscriptions can be narrowed by. A filter left out narrows nothing. */
export type SubscriptionFilters = {
  status?: SubscriptionStatus[]
  customer_id?: string[]
  plan_id?: string[]
  product_id?: string[]
  variant_id?: string[]
  currency_code?: string[]
  next_charge_from?: Date
  next_charge_to?: Date
  /** A part of the e-mail address or of the id. */
  q?: string
}

export type SubscriptionPage = {
  limit: number
  offset: number
  /** `-` before the field: descending. */
  order: SubscriptionOrder | `-${SubscriptionOrder}`
  /** false: nobody asks how many there are, and `count` is that of the page. */
  counted?: boolean
}

export type ListedSubscription = { row: ListRow; items: SubscriptionItemView[] }

/** A page of subscriptions: three statements, whatever its size. */
export async function listSubscriptions(
  context: ModuleContext,
  input: {
    scope: ReadScope
    filters: SubscriptionFilters
    page: SubscriptionPage
  }
): Promise<{ subscriptions: ListedSubscription[]; count: number }> {
  const where = allOf([within(input.scope), ...conditions(input.filters)])
  const { limit, offset, order } = input.page
  const rows = await execute<ListRow>(
    context,
    `select ${LIST_COLUMNS}
       from portal_subscription s
       left join portal_subscription_plan p on p.id = s.plan_id
       ${OPEN_CYCLE}
      where ${where.sql}
      order by ${orderBy(order)}
      limit ? offset ?`,
    [...where.values, limit, offset]
  )
  const [total] =
    input.page.counted === false
      ? [{ count: rows.length }]
      : await execute<{ count: number }>(
          context,
          `select count(*)::int as count
             from portal_subscription s
             ${input.filters.next_charge_from || input.filters.next_charge_to ? OPEN_CYCLE : ""}
            where ${where.sql}`,
          where.values
        )
  const items = await readItems(
    context,
    rows.map(({ id }) => id)
  )
  return {
    subscriptions: rows.map((row) => ({ row, items: items.get(row.id) ?? [] })),
    count: total?.count ?? 0,
  }
}

/**
 * Charges stopped, then a failed charge, then a purchase that waits, then the
 * rest. It is that of the index `IX_portal_subscription_attention`, word for word.
 */
const ATTENTION = `(case
    when s.parked_at is not null and s.ended_at is null then 0
    when s.status = 'past_due' then 1
    when s.status = 'incomplete' then 2
    else 3 end)`

const COLUMN_OF: Record<SubscriptionOrder, string> = {
  created_at: "s.created_at",
  updated_at: "s.updated_at",
  next_charge_at: NEXT_CHARGE_AT,
  email: "s.email",
  attention: ATTENTION,
}

/** The id decides between equals, so that no row is on two pages. */
function orderBy(order: SubscriptionPage["order"]): string {
  const descends = order.startsWith("-")
  const field = order.replace("-", "") as SubscriptionOrder
  const direction = descends ? "desc" : "asc"
  const nulls = field === "next_charge_at" ? "nulls last" : ""
  const then = field === "attention" ? "s.created_at desc, " : ""
  return `${COLUMN_OF[field]} ${direction} ${nulls}, ${then}s.id`
}

/** The conditions that filters come to; `OPEN_CYCLE` has to be joined. */
export function conditions(filters: SubscriptionFilters): Condition[] {
  const found: Condition[] = []
  const add = (sql: string, ...values: Condition["values"]) => {
    found.push({ sql, values })
  }
  for (const field of [
    "status",
    "customer_id",
    "plan_id",
    "currency_code",
  ] as const) {
    const values = filters[field]
    if (values) {
      add(`s.${field} = any(?::text[])`, values)
    }
  }
  for (const field of ["product_id", "variant_id"] as const) {
    const values = filters[field]
    if (values) {
      add(
        `exists (select 1 from portal_subscription_item i
                  where i.subscription_id = s.id and i.deleted_at is null
                    and i.${field} = any(?::text[]))`,
        values
      )
    }
  }
  if (filters.next_charge_from) {
    add(`${NEXT_CHARGE_AT} >= ?`, filters.next_charge_from)
  }
  if (filters.next_charge_to) {
    add(`${NEXT_CHARGE_AT} <= ?`, filters.next_charge_to)
  }
  if (filters.q !== undefined) {
    const pattern = `%${filters.q.replace(/[\\%_]/g, "\\$&")}%`
    add("s.email ilike ? or s.id ilike ?", pattern, pattern)
  }
  return found
}
