/** Entitlements that one plan may name. */
export const MAX_ENTITLEMENTS = 50

/**
 * Something that a customer may use now, and why. One for each subscription that
 * gives it: who subscribes twice has it twice. `Time` is text over HTTP (ISO 8601
 * UTC) and a `Date` inside of the server.
 */
export type EntitlementView<Time = string> = {
  key: string
  name: string | null
  /** As the plan has it; null where it has none. */
  value: unknown
  plan_id: string
  subscription_id: string
  /** When it ends as things stand; null: as long as the subscription renews. */
  expires_at: Time | null
}

/** Answer of `GET /store/portal/entitlements`, and of the admin's. */
export type EntitlementListResponse = { entitlements: EntitlementView[] }

/** A plan on offer that would give an entitlement. */
export type OpeningPlan = { id: string; handle: string; name: string }
