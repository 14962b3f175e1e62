import { execute, type ModuleContext } from "../../../database/execute"
import type { CategoryChoices } from "../domain/preferences"

type Key = { tenant_id: string; customer_id: string }

/** What a customer has chosen; nothing: empty. */
export type PreferenceRow = {
  locale: string | null
  categories: CategoryChoices
}

/** The choices of a customer in a tenant. */
export async function readPreferences(
  context: ModuleContext,
  key: Key
): Promise<PreferenceRow> {
  const [row] = await execute<PreferenceRow>(
    context,
    `select locale, categories from portal_preference
     where customer_id = ? and tenant_id = ? and deleted_at is null`,
    [key.customer_id, key.tenant_id]
  )
  return row ?? { locale: null, categories: {} }
}

/** The choices of some customers, in every tenant; none: no row. */
export async function listPreferences(
  context: ModuleContext,
  customerIds: string[]
): Promise<(PreferenceRow & Key)[]> {
  return await execute<PreferenceRow & Key>(
    context,
    `select customer_id, tenant_id, locale, categories from portal_preference
     where customer_id = any(?::text[]) and deleted_at is null`,
    [customerIds]
  )
}

/**
 * Writes choices over those that were there; the others stay.
 *
 * @param change.locale - undefined: as it was; null: the tenant's
 */
export async function writePreferences(
  context: ModuleContext,
  change: Key & {
    id: string
    locale?: string | null
    categories: CategoryChoices
  }
): Promise<PreferenceRow> {
  const [row] = await execute<PreferenceRow>(
    context,
    `insert into portal_preference as p (id, tenant_id, customer_id, locale, categories)
     values (?, ?, ?, ?, ?::jsonb)
     on conflict (customer_id, tenant_id) do update set
       locale = case when ? then excluded.locale else p.locale end,
       categories = p.categories || excluded.categories,
       deleted_at = null, updated_at = now()
     returning locale, categories`,
    [
      change.id,
      change.tenant_id,
      change.customer_id,
      change.locale ?? null,
      JSON.stringify(change.categories),
      change.locale !== undefined,
    ]
  )
  return row ?? { locale: null, categories: {} }
}
