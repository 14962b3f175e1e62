import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId, Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { isStripeProvider } from "../../shared/stripe-provider"
import type { PaymentSetupResponse } from "../../types/payment-method-http"
import { PortalPaymentMethodEvents } from "../../types/events"
import { countAgainstLimits } from "../limits/enforce-limits"
import { ensureAccountHolder, holderContext } from "../payments/account-holder"
import { portalSessions } from "../portal-sessions/services"
import { canSaveMethods, requireTenantProvider } from "./providers"
import { askProvider, type MethodScope } from "./saved-methods"

/** Who begins to add a method, and from where. */
export type SetupInput = MethodScope & {
  provider_id: string
  session_id: string | null
  ip: string | null
}

/**
 * Begins to save a payment method: with Stripe a SetupIntent, whose client secret
 * goes to Stripe.js. Nothing of what a caller sends reaches the provider but the
 * choice of it.
 *
 * @throws `payment_provider_unknown`, `payment_provider_cannot_save` (400),
 * `rate_limited` (429), `provider_unavailable` (409)
 */
export async function startSavedMethod(
  container: MedusaContainer,
  input: SetupInput
): Promise<PaymentSetupResponse["payment_setup"]> {
  const { customer_id, tenant, provider_id } = input
  await requireTenantProvider(container, tenant, provider_id)
  if (!canSaveMethods(container, provider_id)) {
    throw portalError("payment_provider_cannot_save")
  }
  await enforceSetupLimits(container, input)
  const setup = await askProvider(container, provider_id, async () => {
    const holder = await ensureAccountHolder(container, {
      customer_id,
      provider_id,
      tenant_id: tenant.id,
    })
    return await container.resolve(Modules.PAYMENT).createPaymentMethods({
      provider_id,
      data: isStripeProvider(provider_id) ? { usage: "off_session" } : {},
      context: {
        ...(holder && { account_holder: holderContext(holder) }),
        idempotency_key: generateEntityId(undefined, "portal-setup"),
      },
    })
  })
  return {
    provider_id,
    id: setup.id,
    client_secret: textOf(setup.data.client_secret),
    status: textOf(setup.data.status),
  }
}

/** Cards that were stolen are tried this way: few tries, and word to the merchant. */
async function enforceSetupLimits(
  container: MedusaContainer,
  { customer_id, tenant, session_id, ip }: SetupInput
): Promise<void> {
  const { allowed, retry_after } = await countAgainstLimits(container, [
    { limit: "paymentSetup", key: customer_id },
    { limit: "paymentSetupDaily", key: customer_id },
  ])
  if (allowed) {
    return
  }
  const sessions = portalSessions(container)
  // One alert in ten minutes: a flood of refusals is one piece of news.
  const { allowed: isNews } = await sessions.countEvents([
    { key: `paymentSetupAlert:${customer_id}`, max: 1, seconds: 600 },
  ])
  if (isNews) {
    await sessions.recordEvent({
      type: "payment_setup_limited",
      tenant_id: tenant.id,
      customer_id,
      session_id,
      ip,
    })
    await container.resolve(Modules.EVENT_BUS).emit({
      name: PortalPaymentMethodEvents.SETUP_LIMITED,
      data: { id: customer_id, tenant_id: tenant.id },
    })
  }
  throw portalError("rate_limited", { details: { retry_after } })
}

function textOf(value: unknown): string | null {
  return typeof value === "string" ? value : null
}
