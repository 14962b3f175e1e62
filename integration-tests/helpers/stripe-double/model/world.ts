import type { ChargeFault } from "./cards"
import type { IdFactory } from "./ids"
import type { EventSubject, StripeEvent } from "./objects"
import type { Store } from "./store"

/** The API version of the client that @medusajs/payment-stripe brings. */
export const API_VERSION = "2024-04-10"

/** What endpoints may use and change while they execute one request. */
export interface World {
  readonly store: Store
  readonly ids: IdFactory
  /** Address of the double, for links in answers. */
  readonly baseUrl: string
  /** The version the client speaks. */
  readonly apiVersion: string
  /** How long new objects are hidden from searches. */
  readonly searchLagSeconds: number
  /** The request being executed; the customer's own acts have none. */
  readonly request: { id: string | null; idempotencyKey: string | null }
  /** Seconds since 1970. */
  now(): number
  /** Hands an event to the webhook endpoint. */
  publish(event: StripeEvent): void
  /** Spoils the answer of this request although it was executed. */
  spoilAnswer(effect: ChargeFault["effect"]): void
}

/** Records that something happened to an object, as it is right now. */
export function emit(
  world: World,
  type: string,
  object: EventSubject,
  before?: Record<string, unknown>
): void {
  const event: StripeEvent = {
    id: world.ids.next("evt"),
    object: "event",
    api_version: API_VERSION,
    created: world.now(),
    data: {
      object: structuredClone(object),
      ...(before && { previous_attributes: before }),
    },
    livemode: false,
    pending_webhooks: 1,
    request: {
      id: world.request.id,
      idempotency_key: world.request.idempotencyKey,
    },
    type,
  }
  world.store.events.set(event.id, event)
  world.publish(event)
}
