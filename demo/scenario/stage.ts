import Medusa from "@medusajs/js-sdk"

import type { DemoMails } from "../mails"
import type { Story } from "../print"
import type { StoreSeed } from "../seed"
import type { Stripe } from "../stripe"

/** What every chapter works with: two ends of HTTP, and Stripe. */
export type Stage = {
  /** Of the store: `http://localhost:9000`. */
  baseUrl: string
  /** The storefront's SDK; signed in once the customer has registered. */
  shop: Medusa
  /** The merchant's, signed in. */
  admin: Medusa
  seed: StoreSeed
  stripe: Stripe
  mails: DemoMails
  story: Story
}

/** The SDK as a storefront, or the admin, sets it up. */
export function sdk(baseUrl: string, publishableKey?: string): Medusa {
  return new Medusa({
    baseUrl,
    publishableKey,
    auth: { type: "jwt", jwtTokenStorageMethod: "memory" },
  })
}

/** A POST to a route that the SDK has no method for. */
export function post<T>(client: Medusa, path: string, body: object = {}) {
  return client.client.fetch<T>(path, { method: "POST", body })
}

/** A GET from a route that the SDK has no method for. */
export function get<T>(
  client: Medusa,
  path: string,
  query: Record<string, unknown> = {}
) {
  return client.client.fetch<T>(path, { query })
}
