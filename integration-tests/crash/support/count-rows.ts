import type { PortalTestApp } from "../../helpers"

/** How many rows of a table fit a condition. */
export async function countRows(
  { db }: PortalTestApp,
  table: string,
  where = "true"
): Promise<number> {
  const [row] = await db<{ count: number }>(
    `select count(*)::int as count from "${table}" where ${where}`
  )
  return row?.count ?? 0
}
