import { CodedError } from "../../../../shared/coded-error"
import { PortalSubscriptionEvents } from "../../../../types/events"
import type { RetentionOffer } from "../../../../types/subscription"
import { refusalOf } from "../available-actions"
import { assertAllowed, stateOf, type ActionContext } from "./action-context"
import { pause } from "./pause"
import type { SubscriptionChange } from "./subscription-change"

/**
 * The plan's offers that would take effect now. A pause needs a subscription that
 * can be paused; a discount is given once, and not on top of one that still runs.
 */
export function availableOffers(context: ActionContext): RetentionOffer[] {
  const { subscription } = context
  const offers = subscription.plan.retention_offers ?? []
  return offers.filter((offer) =>
    offer.type === "pause"
      ? refusalOf("pause", stateOf(context), { ignorePlan: true }) === undefined
      : !subscription.discount_cycles_left &&
        !subscription.accepted_offer_ids.includes(offer.id)
  )
}

/**
 * Takes an offer instead of canceling. It takes effect with this: the pause begins,
 * or the next charges cost less.
 *
 * @throws CodedError `offer_unavailable`, and as `assertAllowed` of a cancellation:
 * who cannot cancel is offered nothing
 */
export function acceptOffer(
  context: ActionContext,
  { offer_id }: { offer_id: string }
): SubscriptionChange {
  assertAllowed("cancel", context)
  const offer = availableOffers(context).find(({ id }) => id === offer_id)
  if (!offer) {
    throw new CodedError("offer_unavailable")
  }
  const entry = {
    type: "offer_accepted",
    data: { ...offer },
    event: PortalSubscriptionEvents.OFFER_ACCEPTED,
  }
  const accepted_offer_ids = [
    ...new Set([...context.subscription.accepted_offer_ids, offer.id]),
  ]
  if (offer.type === "discount") {
    return {
      subscription: {
        accepted_offer_ids,
        discount_percent: offer.percent,
        discount_cycles_left: offer.cycles,
      },
      entry,
    }
  }
  // The merchant's offer, whatever the plan lets customers do by themselves.
  const paused = pause(
    { ...context, actor: { type: "system", id: null } },
    { cycles: offer.cycles }
  )
  return {
    ...paused,
    subscription: { ...paused.subscription, accepted_offer_ids },
    entry: {
      ...entry,
      data: { ...entry.data, ...paused.entry.data },
    },
  }
}
