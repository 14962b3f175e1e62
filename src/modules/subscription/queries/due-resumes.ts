import { execute, type ModuleContext } from "../../../database/execute"

/** Paused subscriptions whose pause ends now, the oldest first. */
export async function listDueResumes(
  context: ModuleContext,
  input: { now: Date; limit: number; exclude: string[] }
): Promise<string[]> {
  const rows = await execute<{ id: string }>(
    context,
    // The condition is that of the partial index, word for word.
    `select id from portal_subscription
      where status = 'paused' and resumes_at is not null and deleted_at is null
        and resumes_at <= ? and parked_at is null
        and not cancel_at_period_end
        and id <> all(?::text[])
      order by resumes_at, id
      limit ?`,
    [input.now, input.exclude, input.limit]
  )
  return rows.map(({ id }) => id)
}
