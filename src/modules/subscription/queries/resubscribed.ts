import { execute, type ModuleContext } from "../../../database/execute"

/**
 * How often a subscription that ended has begun again and ended once more. It is
 * part of the key by which it begins again: one while the last one lives.
 */
export async function countEndedAgain(
  context: ModuleContext,
  id: string
): Promise<number> {
  const [row] = await execute<{ count: number }>(
    context,
    `select count(*)::int as count from portal_subscription
      where resubscribed_from_id = ? and status in ('canceled', 'expired')`,
    [id]
  )
  return row?.count ?? 0
}
