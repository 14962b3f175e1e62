import type { CardBehaviour } from "./model/cards"
import type { Authentication } from "./model/authentication"
import type {
  Charge,
  PaymentIntent,
  SetupIntent,
  StripeEvent,
} from "./model/objects"
import type { Store } from "./model/store"
import type { Hold, RequestMatch, Script } from "./http/faults"
import type {
  RequestFilter,
  RequestRecord,
  Violation,
  WaitOptions,
} from "./http/request-log"
import type { Delivery, WebhookEndpoint } from "./http/webhooks"

/** How to set up a Stripe double. */
export interface StripeDoubleOptions {
  /** Default: a free port. */
  port?: number
  /** Default: 127.0.0.1. */
  host?: string
  /** How long every request takes at least. */
  latencyMs?: number
  /** How long searches do not find a new object. Default 0. */
  searchLagSeconds?: number
  /** Goes into every id, so that two doubles never give the same one. */
  idNamespace?: string
  /** Milliseconds since 1970. Default: the clock of the machine. */
  now?: () => number
  /**
   * More accounts, each with objects and idempotency keys of its own. The keys of
   * "second" are `sk_test_second` and `pk_test_second`; all others are the first
   * account's.
   */
  accounts?: string[]
  /** Stripe's OpenAPI description; a missing file switches the check off. */
  descriptionFile?: string
}

/** A running Stripe double. */
export interface StripeDouble {
  readonly url: string
  readonly host: string
  readonly port: number
  /** Every request that arrived, oldest first. */
  readonly requests: readonly RequestRecord[]
  /** Everything a client sent that Stripe would not accept. */
  readonly violations: readonly Violation[]
  /** Everything the double remembers. */
  readonly state: Readonly<Store>
  /** What it remembers of one of the option `accounts`. */
  account(name: string): Readonly<Store>
  /** Every attempt to hand over an event. */
  readonly deliveries: readonly Delivery[]

  /** Stops the server and cuts all connections. */
  close(): Promise<void>
  /** Forgets everything but the last id. */
  reset(): void

  /** Disturbs the next requests that fit. */
  script(script: Script): void
  /** Stops the next request that fits until the hold is released. */
  hold(spec: RequestMatch & { when: "before" | "after" }): Hold
  /** @returns a function that ends the subscription */
  onRequest(listener: (request: RequestRecord) => void): () => void
  waitFor(filter: RequestFilter, options?: WaitOptions): Promise<RequestRecord>
  setLatency(milliseconds: number): void
  /** Forgets idempotency keys, as Stripe may after 24 hours. */
  forgetIdempotencyKeys(): void

  /** Changes how a saved card reacts from now on. */
  setCardBehaviour(paymentMethodId: string, behaviour: CardBehaviour): void
  /** The customer answers 3-D Secure of an intent. */
  authenticate(
    intentId: string,
    outcome?: Authentication
  ): PaymentIntent | SetupIntent

  /** Sets where events go. */
  webhooks(endpoint: WebhookEndpoint): void
  /** Sends an event, also again. */
  deliver(eventId: string, options?: { times?: number }): Promise<Delivery[]>
  /** Resolves when no event is on its way any more. */
  webhooksSettled(): Promise<void>
  /** Events so far, of one type or of all. */
  events(type?: string): StripeEvent[]

  /** Charges whose money was taken; metadata is that of the charge. */
  capturedCharges(filter?: {
    customer?: string
    metadata?: Record<string, string>
  }): Charge[]
  /** Payment intents that succeeded. */
  succeededIntents(metadata?: Record<string, string>): PaymentIntent[]
}
