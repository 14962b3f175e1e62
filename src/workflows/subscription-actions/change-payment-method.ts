import type { MedusaContainer } from "@medusajs/framework/types"
import { isPortalErrorCode } from "../../errors/codes"
import { portalError } from "../../errors/portal-error"
import { changePaymentMethod as decide } from "../../modules/subscription/domain/actions/change-payment-method"
import type { Tenant } from "../../types/tenant"
import { enforceLimits } from "../limits/enforce-limits"
import { requireTenantProvider } from "../payment-methods/providers"
import {
  readSavedMethods,
  requireSavedMethod,
  type SavedMethod,
} from "../payment-methods/saved-methods"
import { requireUsable } from "../payment-methods/set-default"
import { renewNow, type RenewNowResult } from "../renewals/renew-now"
import { findSubscription } from "../subscription-reads/reader"
import { findTenant, tenantOfChannels } from "../tenants/tenants"
import {
  changeSubscription,
  type ActionRequest,
  type ActionResult,
} from "./change-subscription"

/** Which saved method, and at which provider. */
export type PaymentMethodInput = {
  payment_method_id: string
  provider_id: string
}

/**
 * Lets one subscription be paid with another saved method of its customer's, and
 * tries a charge that has failed again at once with it.
 *
 * @throws `not_found` for a subscription or a method that is not the customer's,
 * `payment_provider_unknown` (400), `payment_method_unusable` (400),
 * `provider_unavailable`, `payment_pending` (409) where a payment waits at another
 * provider, `charge_in_progress` (409), `rate_limited` (429), and what
 * `changeSubscription` refuses
 */
export async function changePaymentMethod(
  container: MedusaContainer,
  request: ActionRequest,
  { payment_method_id, provider_id }: PaymentMethodInput
): Promise<ActionResult> {
  const { actor } = request
  if (actor.type === "customer" && actor.id) {
    await enforceLimits(container, [{ limit: "chargeOnDemand", key: actor.id }])
  }
  const { row } = await findSubscription(container, request)
  const method = await methodOf(container, row, {
    payment_method_id,
    provider_id,
  })
  const result = await changeSubscription(container, request, (context) =>
    decide(context, {
      provider_id: method.provider_id,
      account_holder_id: method.holder.id,
      payment_method_id: method.id,
    })
  )
  const cycle_id = result.change.entry.cycle_id ?? null
  return {
    ...result,
    charge: cycle_id ? await charge(container, request.id, cycle_id) : null,
  }
}

async function methodOf(
  container: MedusaContainer,
  subscription: { customer_id: string; sales_channel_id: string | null },
  { payment_method_id, provider_id }: PaymentMethodInput
): Promise<SavedMethod> {
  const { customer_id, sales_channel_id } = subscription
  const tenant = tenantOf(container, sales_channel_id)
  await requireTenantProvider(container, tenant, provider_id)
  const saved = await readSavedMethods(
    container,
    { customer_id, tenant },
    provider_id
  )
  const method = requireSavedMethod(saved, payment_method_id)
  await requireUsable(container, method)
  return method
}

function tenantOf(
  container: MedusaContainer,
  channelId: string | null
): Tenant {
  const tenant = channelId
    ? tenantOfChannels(container, [channelId])
    : findTenant(container)
  if (typeof tenant !== "object" || tenant === null) {
    throw portalError("payment_provider_unknown")
  }
  return tenant
}

/** A worker that was faster charges the period, or has just done so. */
const UNDER_WAY: readonly unknown[] = [
  "charge_in_progress",
  "expected_status",
  "cycle_not_due",
]

async function charge(
  container: MedusaContainer,
  subscription_id: string,
  cycle_id: string
): Promise<RenewNowResult> {
  try {
    return await renewNow(container, { subscription_id, cycle_id })
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (!isPortalErrorCode(code)) {
      throw error
    }
    // The method is changed already: a refused charge is an answer, no error.
    const outcome = UNDER_WAY.includes(code) ? "unknown" : "not_attempted"
    return { outcome, cycle_id, status: null, code }
  }
}
