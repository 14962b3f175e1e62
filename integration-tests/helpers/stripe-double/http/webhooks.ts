import { createHmac } from "node:crypto"
import type { StripeEvent } from "../model/objects"

/** Where and how events are sent. */
export interface WebhookEndpoint {
  url: string
  /** The endpoint's signing secret, `whsec_…`. */
  secret: string
  /** Send at once, or only when told to. */
  mode: "auto" | "manual"
  /** Only these types; all without it. */
  events?: string[]
}

/** One attempt to hand over an event. */
export interface Delivery {
  eventId: string
  type: string
  /** The endpoint's answer, or why there was none. */
  result: { status: number } | { error: string }
}

/** The value of the `Stripe-Signature` header for a body. */
export function signPayload(
  payload: string,
  secret: string,
  timestamp: number = Math.floor(Date.now() / 1000)
): string {
  const signature = createHmac("sha256", secret)
    .update(`${timestamp}.${payload}`)
    .digest("hex")
  return `t=${timestamp},v1=${signature}`
}

/** Sends events to the merchant. */
export class WebhookSender {
  readonly deliveries: Delivery[] = []
  private endpoint?: WebhookEndpoint
  private readonly underway = new Set<Promise<Delivery>>()

  configure(endpoint: WebhookEndpoint | undefined): void {
    this.endpoint = endpoint
  }

  /** Called for every event as it happens. */
  publish(event: StripeEvent): void {
    const wanted = this.endpoint?.events?.includes(event.type) ?? true
    if (this.endpoint?.mode === "auto" && wanted) {
      void this.deliver(event)
    }
  }

  deliver(event: StripeEvent): Promise<Delivery> {
    const { endpoint } = this
    if (!endpoint) {
      throw new Error("Call webhooks({ url, secret, mode }) first")
    }
    const delivery = post(endpoint, event).then((done) => {
      this.deliveries.push(done)
      return done
    })
    this.underway.add(delivery)
    void delivery.finally(() => this.underway.delete(delivery))
    return delivery
  }

  /** Resolves when nothing is being sent any more. */
  async settled(): Promise<void> {
    while (this.underway.size > 0) {
      await Promise.all(this.underway)
    }
  }

  clear(): void {
    this.endpoint = undefined
    this.deliveries.length = 0
  }
}

async function post(
  endpoint: WebhookEndpoint,
  event: StripeEvent
): Promise<Delivery> {
  const payload = JSON.stringify(event)
  const about = { eventId: event.id, type: event.type }
  try {
    const response = await fetch(endpoint.url, {
      method: "POST",
      headers: {
        "content-type": "application/json; charset=utf-8",
        "stripe-signature": signPayload(payload, endpoint.secret),
      },
      body: payload,
    })
    await response.arrayBuffer()
    return { ...about, result: { status: response.status } }
  } catch (error) {
    return { ...about, result: { error: String(error) } }
  }
}
