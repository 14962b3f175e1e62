import { isDeepStrictEqual } from "node:util"
import { idempotencyError, invalidParams } from "./errors"
import type { FormFields } from "./form"

/** An answer as it goes over the wire. */
export interface Answer {
  status: number
  body: string
}

interface Entry {
  method: string
  path: string
  params: FormFields
  /** Missing while the first request is still being executed. */
  answer?: Answer
}

/** The right to execute a request under its key. */
export interface Claim {
  save(answer: Answer): void
  /** The request was not executed: the key is free again. */
  release(): void
}

/** What the key says about a request. */
export type Verdict = { replay: Answer } | { claim: Claim }

const MAX_KEY_LENGTH = 255

/**
 * Stripe's idempotency: the first request under a key is executed and its
 * answer kept, whatever it was; the same request again gets that answer.
 */
export class IdempotencyKeys {
  private readonly entries = new Map<string, Entry>()

  /**
   * @throws an idempotency error when the key belongs to another request or
   * its request is still in progress
   */
  present(
    key: string | undefined,
    method: string,
    path: string,
    params: FormFields
  ): Verdict {
    if (key === undefined || method !== "POST") {
      return { claim: { save: () => undefined, release: () => undefined } }
    }
    if (key.length > MAX_KEY_LENGTH) {
      throw invalidParams(
        `Idempotency keys can have up to ${MAX_KEY_LENGTH} characters`
      )
    }
    const known = this.entries.get(key)
    if (!known) {
      return { claim: this.open(key, { method, path, params }) }
    }
    assertSameRequest(key, known, path, params)
    if (!known.answer) {
      throw idempotencyError(
        409,
        `There is currently another in-progress request using this Idempotent Key: ${key}. Please try again later.`,
        { code: "idempotency_key_in_use" }
      )
    }
    return { replay: known.answer }
  }

  /** Forgets every key, as Stripe may after 24 hours. */
  clear(): void {
    this.entries.clear()
  }

  private open(key: string, entry: Entry): Claim {
    this.entries.set(key, entry)
    return {
      save: (answer) => {
        entry.answer = answer
      },
      release: () => {
        this.entries.delete(key)
      },
    }
  }
}

function assertSameRequest(
  key: string,
  known: Entry,
  path: string,
  params: FormFields
): void {
  if (known.path !== path) {
    throw idempotencyError(
      400,
      `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${known.path}' vs '${path}'). Try using a key other than '${key}' if you meant to execute a different request.`
    )
  }
  if (!isDeepStrictEqual(known.params, params)) {
    throw idempotencyError(
      400,
      `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`
    )
  }
}
