import { portalError } from "../../../errors/portal-error"

/**
 * Whose subscriptions are read. A customer's reads name the customer; an admin's
 * say that they mean everyone's. There is no third way, so a customer id that got
 * lost on the way can never match every row.
 */
export type ReadScope = { customer_id: string } | { every_customer: true }

/** A condition in SQL and the values of its `?`. */
export type Condition = { sql: string; values: Value[] }
type Value = string | number | boolean | Date | readonly string[]

/** The condition that keeps a subscription (`s`) within a scope. */
export function within(scope: ReadScope): Condition {
  if ("customer_id" in scope) {
    if (!scope.customer_id) {
      throw portalError("customer_required")
    }
    return {
      sql: "s.deleted_at is null and s.customer_id = ?",
      values: [scope.customer_id],
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
