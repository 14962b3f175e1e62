import type { FormFields } from "./form"

/** One request that reached the double. */
export interface RequestRecord {
  id: string
  method: string
  path: string
  params: FormFields
  /** One of the option `accounts`, by the key that was sent; "" without one. */
  account: string
  idempotencyKey?: string
  apiVersion: string
  /** Milliseconds since 1970. */
  at: number
  /** The answer was kept from an earlier request with the same key. */
  replayed: boolean
  /** `null` as long as, and for ever when, no answer was sent. */
  status: number | null
}

/** Something a client sent that Stripe would not accept. */
export interface Violation {
  method: string
  path: string
  message: string
  code?: string
  param?: string
}

/** Picks requests. */
export type RequestFilter = (request: RequestRecord) => boolean

/** How to wait for a request. */
export interface WaitOptions {
  /** Give up after this many milliseconds. Default 10 000. */
  timeoutMs?: number
  /** Also accept a request that arrived before the call. */
  includePast?: boolean
}

const DEFAULT_WAIT_MS = 10_000

/** Remembers requests and tells about them the moment they arrive. */
export class RequestLog {
  readonly requests: RequestRecord[] = []
  readonly violations: Violation[] = []
  private readonly listeners = new Set<(request: RequestRecord) => void>()

  arrived(request: RequestRecord): void {
    this.requests.push(request)
    this.listeners.forEach((listener) => listener(request))
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: (request: RequestRecord) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  waitFor(
    filter: RequestFilter,
    { timeoutMs = DEFAULT_WAIT_MS, includePast = false }: WaitOptions = {}
  ): Promise<RequestRecord> {
    const past = includePast ? this.requests.find(filter) : undefined
    if (past) {
      return Promise.resolve(past)
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        stop()
        reject(new Error(`No such request within ${timeoutMs} ms`))
      }, timeoutMs)
      const stop = this.subscribe((request) => {
        if (filter(request)) {
          clearTimeout(timer)
          stop()
          resolve(request)
        }
      })
    })
  }

  clear(): void {
    this.requests.length = 0
    this.violations.length = 0
    this.listeners.clear()
  }
}
