export type Settled<T> = {
  fulfilled: T[]
  rejected: unknown[]
  all: PromiseSettledResult<T>[]
}

/** Starts `work` n times at once and waits for all of them. */
export async function parallel<T>(
  n: number,
  work: (index: number) => Promise<T>
): Promise<Settled<T>> {
  const all = await Promise.allSettled(
    Array.from({ length: n }, (_, index) => work(index))
  )
  return {
    all,
    fulfilled: all.flatMap((one) =>
      one.status === "fulfilled" ? [one.value] : []
    ),
    rejected: all.flatMap((one) =>
      one.status === "rejected" ? [one.reason as unknown] : []
    ),
  }
}

/** How many of the answers have each status, as `{ 200: 1, 409: 49 }`. */
export function statuses(
  responses: { status: number }[]
): Record<number, number> {
  const counts: Record<number, number> = {}
  for (const { status } of responses) {
    counts[status] = (counts[status] ?? 0) + 1
  }
  return counts
}
