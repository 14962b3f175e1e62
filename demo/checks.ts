/** What the demo tells is checked first: a wrong story is no story. */

/** Ends the scenario if what happened is not what it tells. */
export function expectSame<T>(what: string, actual: T, expected: T): void {
  if (actual !== expected) {
    throw new Error(
      `${what}: ${JSON.stringify(expected)} expected, ` +
        `${JSON.stringify(actual)} found`
    )
  }
}

/** Two ways to write the same instant are the same. */
export function expectInstant(
  what: string,
  actual: string | null | undefined,
  expected: string
): void {
  expectSame(
    what,
    actual ? new Date(actual).toISOString() : actual,
    new Date(expected).toISOString()
  )
}

/** The value, which must be there. */
export function there<T>(what: string, value: T | null | undefined): T {
  if (value === null || value === undefined) {
    throw new Error(`${what} is missing`)
  }
  return value
}

const PATIENCE_MS = 30_000

/** Asks until there is an answer: events are handled a moment after a request. */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined>
): Promise<T> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) {
      return answer
    }
    if (Date.now() > deadline) {
      throw new Error(`Waited ${PATIENCE_MS / 1000} s in vain for ${what}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
