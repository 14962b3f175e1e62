import type { PortalTestApp } from "../../helpers"

type Db = PortalTestApp["db"]
type Row = { id: string; row: string }

/** Where the rows of one renewed subscription are; `$id` stands for its id. */
const TABLES: [table: string, condition: string][] = [
  [
    "customer",
    "id in (select customer_id from portal_subscription where id = $id)",
  ],
  ["portal_subscription", "id = $id"],
  ["portal_subscription_item", "subscription_id = $id"],
  ["portal_subscription_cycle", "subscription_id = $id"],
  ["portal_charge_attempt", "cycle_id in ($cycles)"],
  ["portal_subscription_event", "subscription_id = $id"],
  ["order", "id in ($orders)"],
  ["order_summary", "order_id in ($orders)"],
  ["order_transaction", "order_id in ($orders)"],
  [
    "order_line_item",
    "id in (select item_id from order_item where order_id in ($orders))",
  ],
  ["order_item", "order_id in ($orders)"],
  [
    "order_shipping_method",
    "id in (select shipping_method_id from order_shipping where order_id in ($orders))",
  ],
  ["order_shipping", "order_id in ($orders)"],
  ["payment_collection", "id in ($collections)"],
  ["payment_session", "payment_collection_id in ($collections)"],
  ["payment", "payment_collection_id in ($collections)"],
  [
    "capture",
    "payment_id in (select id from payment where payment_collection_id in ($collections))",
  ],
  ["order_payment_collection", "order_id in ($orders)"],
  [
    "portal_subscription_portal_subscription_order_order",
    "portal_subscription_id = $id",
  ],
  [
    "reservation_item",
    "line_item_id in (select item_id from order_item where order_id in ($orders))",
  ],
]

const OF_CYCLES = (column: string): string =>
  `select ${column} from portal_subscription_cycle where subscription_id = $id`

/** The part of an id that other ids repeat, and names that fixtures made up. */
const OF_ID = /[0-9A-Za-z]{26,}$/
const MADE_UP = [/order_origin_\d+/, /ordli_origin_\d+/, /subscriber-\d+@/]

/**
 * Copies a subscription with everything that its renewals have left behind: orders,
 * payments, links, reservations, timeline. A store in which others live is not a
 * store with bare rows. The copies are numbered from `from` to `to`.
 */
export async function copySubscription(
  db: Db,
  id: string,
  { from, to }: { from: number; to: number }
): Promise<void> {
  const rows = await Promise.all(
    TABLES.map(async ([table, condition]) => ({
      table,
      found: await db<Row>(
        `select id, to_jsonb(t)::text as row from "${table}" t
         where ${within(condition, id)}`
      ),
    }))
  )
  const names = ownNames(rows.flatMap(({ found }) => found))
  for (const { table, found } of rows) {
    for (const { row } of found) {
      const own = names.filter((name) => row.includes(name))
      await db(
        `insert into "${table}"
         select copy.* from generate_series(?::int, ?::int) n
         cross join lateral jsonb_populate_record(
           null::"${table}", (${renamed(own.length)})::jsonb
         ) copy`,
        [from, to, row, ...own.flatMap((name) => [name, name])]
      )
    }
  }
  await db(`analyze ${TABLES.map(([table]) => `"${table}"`).join(", ")}`)
}

function within(condition: string, id: string): string {
  return condition
    .replaceAll("$orders", OF_CYCLES("order_id"))
    .replaceAll("$collections", OF_CYCLES("payment_collection_id"))
    .replaceAll("$cycles", OF_CYCLES("id"))
    .replaceAll("$id", `'${id}'`)
}

/** What each copy has to itself; plan, region and goods are shared. */
function ownNames(rows: Row[]): string[] {
  const names = rows.flatMap(({ id, row }) => [
    ...(OF_ID.exec(id) ?? []),
    ...MADE_UP.flatMap((name) => name.exec(row)?.[0] ?? []),
  ])
  return [...new Set(names)]
}

/** SQL that writes the copy's number behind each name in a row. */
function renamed(count: number): string {
  let sql = "?::text"
  for (let index = 0; index < count; index++) {
    sql = `replace(${sql}, ?::text, ?::text || 'x' || n)`
  }
  return sql
}
