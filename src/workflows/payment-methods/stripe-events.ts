import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { isStripeProvider } from "../../shared/stripe-provider"
import type { PortalEventType } from "../../types/portal-admin-http"
import { idOf } from "../checkout/confirm-payment-setup"
import type { AccountHolder } from "../payments/account-holder"
import { exclusively, once } from "../payments/exclusively"
import { portalSessions } from "../portal-sessions/services"
import { listTenants } from "../tenants/tenants"
import { defaultOf } from "./method-view"
import { moveSubscriptions } from "./move-subscriptions"
import { listProviderIds, providerService } from "./providers"
import { listOf } from "./saved-methods"
import { changesOf, storeDefault } from "./set-default"

/** A call of Stripe, as it came in. */
export type StripeCall = {
  provider: string
  payload: string
  signature: string
}

/** What we read of an event. Stripe's objects have more. */
type StripeEvent = {
  id: string
  type: string
  data: {
    object: { id?: unknown; customer?: unknown; payment_method?: unknown }
    previous_attributes?: { customer?: unknown }
  }
}

/** The events that concern us, and what they are called in the portal's events. */
const RECORDED: Record<string, PortalEventType> = {
  "payment_method.detached": "payment_method_detached",
  "payment_method.updated": "payment_method_updated",
  "payment_method.automatically_updated": "payment_method_updated",
  "setup_intent.succeeded": "payment_setup_succeeded",
}

/**
 * Takes an event of one Stripe account, once. It is believed for its signature by
 * that account's secret, at most five minutes old, and concerns only the customer
 * whose account holder there it names. Others are taken and ignored.
 *
 * @throws `not_found` for a provider that is not there; `webhook_invalid` (400);
 * `provider_unavailable`, `payment_method_busy` (409), and Stripe sends it again
 */
export async function receiveStripeEvent(
  container: MedusaContainer,
  call: StripeCall
): Promise<void> {
  const provider_id = await stripeProviderOf(container, call.provider)
  const event = verify(container, provider_id, call)
  const type = Object.hasOwn(RECORDED, event.type) ? RECORDED[event.type] : null
  if (!type) {
    return
  }
  const key = `event:${provider_id}:${event.id}`
  // Who comes while another has the event waits for what becomes of it: an answer
  // at once would tell Stripe to forget what may yet fail.
  await exclusively(container, `turn:${key}`, async () => {
    await once(container, key, async () => {
      await apply(container, { provider_id, type, event })
    })
  })
}

async function apply(
  container: MedusaContainer,
  {
    provider_id,
    type,
    event,
  }: { provider_id: string; type: PortalEventType; event: StripeEvent }
): Promise<void> {
  const { object, previous_attributes: before } = event.data
  const holder = await linkedHolder(
    container,
    provider_id,
    idOf(object.customer) ?? idOf(before?.customer)
  )
  if (!holder) {
    return
  }
  const method = event.type.startsWith("setup_intent.")
    ? idOf(object.payment_method)
    : idOf(object.id)
  if (event.type === "payment_method.detached" && method) {
    await afterDetached(container, holder, method)
  }
  // Last: what fails before is delivered again, and is to be written down once.
  await portalSessions(container).recordEvent({
    type,
    tenant_id: tenantOf(container, provider_id),
    customer_id: holder.customer_id,
    data: { provider_id, payment_method_id: method, event_id: event.id },
  })
}

/** Compared with the list of providers; a caller's text is looked up nowhere. */
async function stripeProviderOf(
  container: MedusaContainer,
  named: string
): Promise<string> {
  const wanted = named.startsWith("pp_") ? named : `pp_${named}`
  const providers = await listProviderIds(container)
  const found = providers.find((id) => id === wanted && isStripeProvider(id))
  if (!found) {
    throw portalError("not_found")
  }
  return found
}

type Verify = (call: {
  data: Record<string, unknown>
  rawData: string
  headers: Record<string, unknown>
}) => StripeEvent

function verify(
  container: MedusaContainer,
  providerId: string,
  { payload, signature }: StripeCall
): StripeEvent {
  const provider = providerService(container, providerId)
  const construct = provider?.constructWebhookEvent
  if (typeof construct !== "function") {
    throw portalError("not_found")
  }
  try {
    return (construct as Verify).call(provider, {
      data: {},
      rawData: payload,
      headers: { "stripe-signature": signature },
    })
  } catch (error) {
    throw portalError("webhook_invalid", { cause: error })
  }
}

type LinkedHolder = AccountHolder & { customer_id: string }

/** The holder that a customer of this very account is, and whose it is. */
async function linkedHolder(
  container: MedusaContainer,
  provider_id: string,
  external_id: string | null
): Promise<LinkedHolder | null> {
  if (!external_id) {
    return null
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data: holders } = await query.graph({
    entity: "account_holder",
    fields: ["id", "provider_id", "external_id", "data", "metadata"],
    filters: { provider_id, external_id },
  })
  const holder = (holders as unknown as AccountHolder[])[0]
  if (!holder) {
    return null
  }
  const { data: links } = await query.graph({
    entity: "customer_account_holder",
    fields: ["customer_id"],
    filters: { account_holder_id: holder.id },
  })
  const link = (links as unknown as { customer_id: string }[])[0]
  return link ? { ...holder, customer_id: link.customer_id } : null
}

/**
 * A method was removed behind our back, or by us. Its subscriptions take the
 * default where that is another and still there; else they keep what they have,
 * and the next charge fails into dunning, where the customer is asked for a card.
 */
async function afterDetached(
  container: MedusaContainer,
  holder: LinkedHolder,
  methodId: string
): Promise<void> {
  const { customer_id } = holder
  await exclusively(container, changesOf(customer_id), async () => {
    const methods = await listOf(container, holder)
    if (!methods) {
      throw portalError("provider_unavailable")
    }
    if (methods.some(({ id }) => id === methodId)) {
      // Attached again since; the event is old news.
      return
    }
    const chosen = defaultOf(holder)
    const heir = methods.find(({ id }) => id === chosen)
    if (heir) {
      await moveSubscriptions(container, { customer_id, by: "system" }, heir, {
        from: [methodId],
        past_due: false,
        sales_channel_ids: null,
      })
    } else if (chosen === methodId) {
      await storeDefault(container, holder, null)
    }
  })
}

/** For the event's row: the tenant that the provider is one of. */
function tenantOf(container: MedusaContainer, providerId: string): string {
  const tenants = listTenants(container)
  const named = tenants.find(({ payment_provider_ids: ids }) =>
    ids?.includes(providerId)
  )
  return (named ?? tenants[0])?.id ?? "default"
}
