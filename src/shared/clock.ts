/** Where all code takes the time from. */
export interface Clock {
  /** The present instant. Each call answers a new object. */
  now(): Date
}

/**
 * The computer's clock: the only place that asks for the real time.
 *
 * @example
 * const due = systemClock.now()
 */
export const systemClock: Clock = { now: () => new Date() }

/**
 * A clock that stands still.
 *
 * @param instant - the instant at which it stands
 * @example
 * fixedClock(new Date("2030-01-31T10:00:00Z")).now()
 */
export function fixedClock(instant: Date): Clock {
  const stopped = instant.getTime()
  return { now: () => new Date(stopped) }
}
