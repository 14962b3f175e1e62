import type { SignInVerdict } from "./queries/sign-ins"

/** So late at most another process hears of a revocation. */
const FRESH_MS = 5000
const MOST = 10_000

/**
 * Verdicts on credentials, for a few seconds. What this process revokes counts at
 * once: a read that began before it is not kept.
 */
export class VerdictCache {
  private readonly kept = new Map<
    string,
    { at: number; value: SignInVerdict }
  >()
  private generation = 0

  /** Forgets everything; revocations are rare. */
  clear(): void {
    this.generation += 1
    this.kept.clear()
  }

  /**
   * A verdict that is fresh enough, else the one that `read` gets.
   *
   * @param now - milliseconds of a clock that only goes forward
   */
  async get(
    key: string,
    now: number,
    read: () => Promise<SignInVerdict>
  ): Promise<SignInVerdict> {
    const found = this.kept.get(key)
    if (found && now - found.at < FRESH_MS) {
      return found.value
    }
    const generation = this.generation
    const value = await read()
    if (generation === this.generation) {
      this.keep(key, { at: now, value })
    }
    return value
  }

  private keep(key: string, entry: { at: number; value: SignInVerdict }): void {
    const [oldest] = this.kept.keys()
    if (this.kept.size >= MOST && oldest !== undefined) {
      this.kept.delete(oldest)
    }
    this.kept.delete(key)
    this.kept.set(key, entry)
  }
}
