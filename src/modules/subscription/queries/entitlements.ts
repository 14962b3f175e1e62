import type {
  EntitlementView,
  OpeningPlan,
} from "../../../types/memberships-http"
import { execute, type ModuleContext } from "../../../database/execute"
import { GRANT_ENDS_AT, GRANTS } from "./grants"
import { within, type CustomerScope } from "./read-scope"

/** More than anybody has; a bound all the same. */
const MAX_ROWS = 1_000
/** Plans that a refusal names. */
const MAX_PLANS = 20

/**
 * What a customer may use at a moment, in one statement: by key, what lasts longest
 * first.
 *
 * @param key - only this one; null: all
 */
export async function listEntitlements(
  context: ModuleContext,
  input: { scope: CustomerScope; now: Date; key: string | null }
): Promise<EntitlementView<Date>[]> {
  const where = within(input.scope)
  return await execute<EntitlementView<Date>>(
    context,
    `select e.value->>'key' as key, e.value->>'name' as name,
            nullif(e.value->'value', 'null'::jsonb) as value, s.plan_id,
            s.id as subscription_id, ${GRANT_ENDS_AT} as expires_at
       from portal_subscription s
       join portal_subscription_plan p on p.id = s.plan_id
      cross join lateral jsonb_array_elements(
        case when jsonb_typeof(p.entitlements) = 'array'
          then p.entitlements else '[]'::jsonb end) as e(value)
      where ${where.sql} and ${GRANTS}
        and (?::text is null or e.value->>'key' = ?)
      order by key, expires_at desc nulls first, s.created_at, s.id
      limit ?`,
    [...where.values, input.now, input.key, input.key, MAX_ROWS]
  )
}

/** The plans on offer that give an entitlement, by name. */
export async function listOpeningPlans(
  context: ModuleContext,
  key: string
): Promise<OpeningPlan[]> {
  return await execute<OpeningPlan>(
    context,
    `select id, handle, name
       from portal_subscription_plan
      where status = 'active' and deleted_at is null
        and entitlements @> jsonb_build_array(jsonb_build_object('key', ?::text))
      order by name, id
      limit ?`,
    [key, MAX_PLANS]
  )
}
