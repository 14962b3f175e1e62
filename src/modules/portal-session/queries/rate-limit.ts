import { execute, type ModuleContext } from "../../../database/execute"

/** One counter: at most `max` in each window of `seconds`. */
export type RateLimit = { key: string; max: number; seconds: number }

/** What counting said. */
export type RateVerdict = {
  allowed: boolean
  /** Whole seconds until the window ends. */
  retry_after: number
}

/**
 * Counts one event in each of the windows, in one statement, exactly, however
 * many come at once: the row's lock is the referee. Denied events count, too.
 * A maximum of 0 is no limit.
 */
export async function countEvents(
  context: ModuleContext,
  limits: readonly RateLimit[]
): Promise<RateVerdict> {
  const counted = limits.filter(({ max }) => max > 0)
  if (!counted.length) {
    return { allowed: true, retry_after: 0 }
  }
  // Sorted: two callers that share keys must not wait for each other.
  const sorted = [...counted].sort((a, b) => (a.key < b.key ? -1 : 1))
  const rows = await execute<{ key: string; count: number; rest: number }>(
    context,
    `insert into portal_rate_limit (key, window_start, count, expires_at)
     select l.key, w.start, 1, w.start + make_interval(secs => l.seconds)
     from unnest(?::text[], ?::int[]) with ordinality as l(key, seconds, n)
     cross join lateral (
       select to_timestamp(floor(extract(epoch from now()) / l.seconds) * l.seconds) as start
     ) w
     order by l.n
     on conflict (key, window_start)
       do update set count = portal_rate_limit.count + 1
     returning key, count,
       ceil(extract(epoch from expires_at - now()))::int as rest`,
    [sorted.map(({ key }) => key), sorted.map(({ seconds }) => String(seconds))]
  )
  const over = rows.filter(
    (row) => row.count > (sorted.find(({ key }) => key === row.key)?.max ?? 0)
  )
  return {
    allowed: over.length === 0,
    retry_after: Math.max(0, ...over.map(({ rest }) => Math.max(1, rest))),
  }
}
