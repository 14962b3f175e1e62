import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import type { PortalErrorCode } from "../../errors/codes"
import type { SubscriptionDraft } from "../../modules/subscription/queries/insert-subscription"
import type { CycleQuote } from "../../types/quote"
import { PortalSubscriptionEvents } from "../../types/events"
import type { QuoteProblem } from "../renewals/quote/price-items"
import { quoteCycles } from "../renewals/quote/quote-cycles"
import {
  findCheapestDelivery,
  findDelivery,
} from "../subscription-actions/find-delivery"
import { sendEntries } from "../subscription-actions/send-events"
import { subscriptionsOf } from "../subscription-reads/reader"
import {
  loadAgreement,
  type Agreement,
  type NewSubscription,
} from "./load-agreement"
import {
  asBilled,
  prepareAgreedDraft,
  withTaxRates,
} from "./prepare-agreed-draft"

export type { NewSubscription } from "./load-agreement"

/** Why a subscription could never be charged, as its maker is told. */
const CODE: Record<QuoteProblem, PortalErrorCode> = {
  variant_unavailable: "plan_not_offered",
  price_unavailable: "currency_mismatch",
  shipping_unavailable: "address_not_deliverable",
}

/**
 * Makes a subscription without an order: one that staff enter, that comes from
 * another system, or that begins again after an end. Nothing is charged now: the
 * first charge is a renewal at the chosen date. It is priced once as that renewal
 * will price it, so that one that could never be charged is refused.
 *
 * @returns its id; `created` is false where an earlier call with the same
 * `idempotency_key` made it, and then nothing else of the input is looked at
 * @throws `not_found`, `plan_not_offered`, `plan_archived`, `quantity_invalid`,
 * `currency_mismatch`, `address_not_deliverable`, `date_out_of_range`,
 * `validation_failed`, `already_exists` (the key made another one)
 *
 * @example
 * await createSubscription(container, {
 *   idempotency_key: `again:${ended.id}`,
 *   customer_id, plan_id, region_id,
 *   items: [{ variant_id, quantity: 1 }],
 *   shipping_address, billing_address: null, shipping_option_id,
 *   payment, first_charge_at: now, actor: { type: "customer", id: customer_id },
 * }) // { id: "sub_…", created: true }
 */
export async function createSubscription(
  container: MedusaContainer,
  input: NewSubscription
): Promise<{ id: string; created: boolean }> {
  const { idempotency_key: key, customer_id, plan_id } = input
  const service = subscriptionsOf(container)
  const existing = key
    ? await service.findCreatedSubscription({
        creation_key: key,
        customer_id,
        plan_id,
      })
    : null
  if (existing) {
    return { id: existing, created: false }
  }
  const { agreement, draft, quote } = await quoteAgreement(container, input)
  const made = await service.createSubscription(withTaxRates(draft, quote), {
    actor: input.actor,
    event_name: PortalSubscriptionEvents.CREATED,
    at: agreement.now.toISOString(),
  })
  if (made.entry) {
    await sendEntries(container, [made.entry])
  }
  return { id: made.id, created: made.entry !== null }
}

/**
 * What a new subscription would be, its first charge priced as the renewal prices
 * it. Nothing is written.
 *
 * @throws as {@link createSubscription}
 */
export async function quoteAgreement(
  container: MedusaContainer,
  input: NewSubscription
): Promise<{
  agreement: Agreement
  draft: SubscriptionDraft
  quote: CycleQuote
}> {
  const agreement = await loadAgreement(container, input)
  const draft = await withDelivery(
    container,
    agreement,
    prepareAgreedDraft(agreement)
  )
  const priced = (
    await quoteCycles(container, [
      { key: "new", subscription: asBilled(draft, agreement.plan) },
    ])
  ).get("new")
  if (!priced || "problem" in priced) {
    throw portalError(CODE[priced?.problem ?? "variant_unavailable"])
  }
  return { agreement, draft, quote: priced.quote }
}

/** The draft with a way of shipping that reaches its address. */
async function withDelivery(
  container: MedusaContainer,
  { input, plan, shipping_profile_ids }: Agreement,
  draft: SubscriptionDraft
): Promise<SubscriptionDraft> {
  const { shipping_address: address, shipping_option_id: chosen } = input
  if (!address) {
    return draft
  }
  const billed = asBilled(draft, plan)
  const shipping_option_id =
    chosen === undefined
      ? await findCheapestDelivery(
          container,
          billed,
          address,
          shipping_profile_ids
        )
      : await findDelivery(container, billed, address)
  return { ...draft, shipping_option_id }
}
