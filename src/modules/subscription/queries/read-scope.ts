import { portalError } from "../../../errors/portal-error"

/**
 * Whose subscriptions are read. A customer's reads name the customer; an admin's
 * say that they mean everyone's. There is no third way, so a customer id that got
 * lost on the way can never match every row.
 */
export type ReadScope = CustomerScope | { every_customer: true }

/** A customer's subscriptions, of one tenant. */
export type CustomerScope = {
  customer_id: string
  /** The tenant's. null: whatever channel a subscription was bought in. */
  sales_channel_ids: readonly string[] | null
}

/** A condition in SQL and the values of its `?`. */
export type Condition = { sql: string; values: Value[] }
type Value = string | number | boolean | Date | readonly string[]

/** The condition that keeps a subscription (`s`) within a scope. */
export function within(scope: ReadScope): Condition {
  if ("customer_id" in scope) {
    if (!scope.customer_id) {
      throw portalError("customer_required")
    }
    const { customer_id, sales_channel_ids } = scope
    const sql = "s.deleted_at is null and s.customer_id = ?"
    return sales_channel_ids === null
      ? { sql, values: [customer_id] }
      : {
          sql: `${sql} and s.sales_channel_id = any(?::text[])`,
          values: [customer_id, sales_channel_ids],
        }
  }
  return { sql: "s.deleted_at is null", values: [] }
}

/** All of some conditions at once. */
export function allOf(conditions: Condition[]): Condition {
  return {
    sql: conditions.map(({ sql }) => `(${sql})`).join(" and "),
    values: conditions.flatMap(({ values }) => values),
  }
}
