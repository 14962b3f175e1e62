import { CodedError } from "../../../../shared/coded-error"
import { PortalSubscriptionEvents } from "../../../../types/events"
import { assertAllowed, type ActionContext } from "./action-context"
import type { SubscriptionChange } from "./subscription-change"

/** Where the next order goes, and how it is shipped there. */
export type AddressInput = {
  shipping_address: Record<string, unknown> & { country_code: string }
  shipping_option_id: string | null
}

/** What tax and shipping depend on. */
const PRICED_BY = ["country_code", "province", "postal_code", "city"] as const

/**
 * Sends later orders to another address. A charge that has failed was priced for
 * the old one: it may go on only to an address that is taxed and shipped the same,
 * because what was asked for and what is delivered must agree.
 *
 * @throws CodedError `payment_pending` (409), and as `assertAllowed`
 */
export function changeAddress(
  context: ActionContext,
  { shipping_address, shipping_option_id }: AddressInput
): SubscriptionChange {
  assertAllowed("change_address", context)
  const { subscription, cycle } = context
  const before = subscription.shipping_address ?? {}
  const isPricedAnew =
    shipping_option_id !== subscription.shipping_option_id ||
    PRICED_BY.some(
      (field) => (before[field] ?? null) !== (shipping_address[field] ?? null)
    )
  if (cycle?.quote && isPricedAnew) {
    throw new CodedError("payment_pending")
  }
  return {
    subscription: { shipping_address, shipping_option_id },
    // The address itself is a person's: the timeline says only that it changed.
    entry: {
      type: "address_changed",
      event: PortalSubscriptionEvents.ADDRESS_CHANGED,
    },
  }
}
