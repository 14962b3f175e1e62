import { execute, type ModuleContext } from "../../../database/execute"

/** A number of tries, counted from the first of them. */
export type AttemptLimit = { key: string; max: number; seconds: number }

/** Windows of this table begin at full hours and the like; these at the first try. */
const ANCHOR = "epoch"

/**
 * Takes one of a few tries, exactly, however many come at once: the row's lock
 * is the referee. The time runs from the first try, so that nobody has twice as
 * many around the turn of a window.
 *
 * @returns whether it was one of them, and the whole seconds until there are more
 */
export async function takeAttempt(
  context: ModuleContext,
  { key, max, seconds }: AttemptLimit
): Promise<{ allowed: boolean; retry_after: number }> {
  const [row] = await execute<{ count: number; rest: number }>(
    context,
    `insert into portal_rate_limit as x (key, window_start, count, expires_at)
     values (?, '${ANCHOR}', 1, now() + make_interval(secs => ?))
     on conflict (key, window_start) do update set
       count = case when x.expires_at <= now() then 1 else x.count + 1 end,
       expires_at = case when x.expires_at <= now() then excluded.expires_at else x.expires_at end
     returning count, ceil(extract(epoch from expires_at - now()))::int as rest`,
    [key, seconds]
  )
  return {
    allowed: (row?.count ?? 1) <= max,
    retry_after: Math.max(1, row?.rest ?? 1),
  }
}

/** Gives tries back that turned out right: only failures count. */
export async function returnAttempts(
  context: ModuleContext,
  keys: string[]
): Promise<void> {
  await execute(
    context,
    `update portal_rate_limit set count = greatest(count - 1, 0)
     where key = any(?::text[]) and window_start = '${ANCHOR}'`,
    [keys]
  )
}

/**
 * Marks something as used, once: of many at the same time one gets it.
 *
 * @returns whether this call was the one
 */
export async function claimOnce(
  context: ModuleContext,
  { key, seconds }: { key: string; seconds: number }
): Promise<boolean> {
  const rows = await execute(
    context,
    `insert into portal_rate_limit as x (key, window_start, count, expires_at)
     values (?, '${ANCHOR}', 1, now() + make_interval(secs => ?))
     on conflict (key, window_start) do update set expires_at = excluded.expires_at
       where x.expires_at <= now()
     returning key`,
    [key, seconds]
  )
  return rows.length > 0
}

/** Takes a claim back: what it was for did not happen. */
export async function releaseClaim(
  context: ModuleContext,
  key: string
): Promise<void> {
  await execute(
    context,
    `delete from portal_rate_limit where key = ? and window_start = '${ANCHOR}'`,
    [key]
  )
}
