import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { cancel } from "../../modules/subscription/domain/actions/cancel"
import type { BillingSubscription } from "../../modules/subscription/domain/billing"
import { chargeView } from "../../modules/subscription/domain/next-charge-view"
import { subscriptionMachine } from "../../modules/subscription/domain/subscription-machine"
import { isStripeProvider } from "../../shared/stripe-provider"
import { PortalSubscriptionEvents } from "../../types/events"
import type { PricedCharge } from "../../types/next-charge-http"
import type { AccountHolder } from "../payments/account-holder"
import { listOf } from "../payment-methods/saved-methods"
import { assertAmount } from "../renewals/expected-amount"
import { renewNow, type RenewNowResult } from "../renewals/renew-now"
import {
  EVERYONE,
  findSubscription,
  found,
  subscriptionsOf,
} from "../subscription-reads/reader"
import {
  createSubscription,
  quoteAgreement,
} from "../subscriptions/create-subscription"
import type { NewSubscription } from "../subscriptions/load-agreement"
import type { PaymentSource } from "../subscriptions/purchase"
import { changeSubscription, type ActionRequest } from "./change-subscription"
import type { DeliveryAddress } from "./find-delivery"
import { sendEntries } from "./send-events"

type Key = Pick<ActionRequest, "scope" | "id" | "expected_status">

/** A subscription that began again. */
export type Resubscribed = {
  id: string
  /** False: it had begun again before, and nothing was charged now. */
  created: boolean
  /** Null: nothing is due now. */
  charge: RenewNowResult | null
}

/** What a refusal of a charge means that the job has made, or makes. */
const SETTLED_BY_OTHERS = ["charge_in_progress", "expected_status"]

/**
 * What it would cost to begin again now.
 *
 * @throws as {@link resubscribe}
 */
export async function previewResubscribe(
  container: MedusaContainer,
  key: Key
): Promise<PricedCharge> {
  const input = await agreementOf(container, key)
  return await firstCharge(container, input)
}

/**
 * Begins an ended subscription again, as a new one: the same items, plan, addresses
 * and payment method, at today's prices, without a trial or a setup fee. The first
 * period is charged now, or on the plan's fixed day. Asking again while the new one
 * lives finds it, and charges nothing.
 *
 * @throws `not_found`, `subscription_transition_not_allowed` (it has not ended),
 * `plan_archived`, `plan_not_offered`, `payment_method_required`,
 * `provider_unavailable`, `currency_mismatch`, `address_not_deliverable`,
 * `expected_total`, `expected_status`
 */
export async function resubscribe(
  container: MedusaContainer,
  request: ActionRequest,
  { expected_total }: { expected_total?: number }
): Promise<Resubscribed> {
  const service = subscriptionsOf(container)
  const input = await agreementOf(container, request)
  const { amount } = await firstCharge(container, input)
  assertAmount(expected_total, amount)
  const times = await service.countEndedAgain(request.id)
  const { id, created } = await createSubscription(container, {
    ...input,
    idempotency_key: `resubscribe:${request.id}:${times}`,
    resubscribed_from_id: request.id,
    actor: request.actor,
  })
  if (!created) {
    await assertLives(container, id)
    return { id, created, charge: null }
  }
  await tellOf(container, request, id)
  return {
    id,
    created,
    charge: await chargeFirst(container, id, expected_total),
  }
}

/** The agreement that an ended subscription was, as it would be made today. */
async function agreementOf(
  container: MedusaContainer,
  { scope, id, expected_status }: Key
): Promise<Omit<NewSubscription, "actor">> {
  const { row } = await findSubscription(container, { scope, id })
  const { status } = row
  if (expected_status && expected_status !== status) {
    throw portalError("expected_status", { details: { status } })
  }
  if (!isEnded(status)) {
    throw portalError("subscription_transition_not_allowed", {
      details: { action: "resubscribe", reason: "status", status },
    })
  }
  const [loaded] = await subscriptionsOf(container).loadBillingSubscriptions([
    id,
  ])
  const ended: BillingSubscription = found(loaded ?? null)
  return {
    customer_id: ended.customer_id,
    plan_id: ended.plan_id,
    region_id: ended.region_id,
    sales_channel_id: ended.sales_channel_id,
    locale: ended.locale,
    items: ended.items.map(({ variant_id, quantity }) => ({
      variant_id,
      quantity,
    })),
    first_charge_at: await nowOf(container),
    // The snapshot has the fields of an order's address.
    shipping_address: ended.shipping_address as DeliveryAddress | null,
    billing_address: ended.billing_address,
    shipping_option_id: ended.shipping_option_id,
    payment: await paymentOf(container, ended),
  }
}

async function firstCharge(
  container: MedusaContainer,
  input: Omit<NewSubscription, "actor">
): Promise<PricedCharge> {
  const { quote } = await quoteAgreement(container, {
    ...input,
    actor: { type: "system", id: null },
  })
  return chargeView(quote)
}

/**
 * What it was paid with, where that still exists.
 *
 * @throws `payment_method_required`, `provider_unavailable`
 */
async function paymentOf(
  container: MedusaContainer,
  { provider_id, account_holder_id, payment_method_id }: BillingSubscription
): Promise<PaymentSource> {
  const source = {
    provider_id,
    account_holder_id,
    payment_method_id,
    is_usable: true,
  }
  if (!provider_id || !isStripeProvider(provider_id)) {
    return source
  }
  const { data } = account_holder_id
    ? await container.resolve(ContainerRegistrationKeys.QUERY).graph({
        entity: "account_holder",
        fields: ["id", "provider_id", "external_id", "data"],
        filters: { id: account_holder_id },
      })
    : { data: [] }
  const [holder] = data as unknown as AccountHolder[]
  const methods = holder ? await listOf(container, holder) : []
  if (!methods) {
    throw portalError("provider_unavailable", { details: { provider_id } })
  }
  if (!methods.some(({ id }) => id === payment_method_id)) {
    throw portalError("payment_method_required")
  }
  return source
}

/** That very period and no later one: the job may have been faster. */
async function chargeFirst(
  container: MedusaContainer,
  id: string,
  expected_total: number | undefined
): Promise<RenewNowResult | null> {
  const cycle = await subscriptionsOf(container).getOpenCycle(id)
  if (cycle?.sequence !== 1 || cycle.due_at > (await nowOf(container))) {
    return null
  }
  try {
    return await renewNow(container, {
      subscription_id: id,
      cycle_id: cycle.id,
      expected_total,
    })
  } catch (error) {
    const { code } = error as { code?: string }
    if (code && SETTLED_BY_OTHERS.includes(code)) {
      return null
    }
    if (code === "expected_total") {
      // Nobody agreed to this price: nothing of it may be charged later.
      await changeSubscription(
        container,
        { scope: EVERYONE, id, actor: { type: "system", id: null } },
        (context) => cancel(context, { when: "now" })
      )
    }
    throw error
  }
}

async function tellOf(
  container: MedusaContainer,
  { id, actor }: ActionRequest,
  newId: string
): Promise<void> {
  const entries = await subscriptionsOf(container).writeTimeline([
    {
      subscription_id: id,
      type: "resubscribed",
      actor_type: actor.type,
      actor_id: actor.id,
      data: { subscription_id: newId },
      dedupe_key: `${id}:resubscribed:${newId}`,
      occurred_at: await nowOf(container),
      event_name: PortalSubscriptionEvents.RESUBSCRIBED,
    },
  ])
  await sendEntries(
    container,
    entries.map((entry) => ({
      ...entry,
      event_name: PortalSubscriptionEvents.RESUBSCRIBED,
    }))
  )
}

/** It may have ended between the count and the look. */
async function assertLives(
  container: MedusaContainer,
  id: string
): Promise<void> {
  const { row } = await findSubscription(container, { scope: EVERYONE, id })
  if (isEnded(row.status)) {
    throw portalError("expected_status", { details: { status: row.status } })
  }
}

const isEnded = (status: string) =>
  subscriptionMachine.final.some((final) => final === status)

async function nowOf(container: MedusaContainer): Promise<Date> {
  return await container.resolve<RuntimeModuleService>(RUNTIME_MODULE).now()
}
