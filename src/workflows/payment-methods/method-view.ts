import {
  expiresSoon,
  isExpired,
  type Expiry,
} from "../../modules/payment-method/domain/card-expiry"
import type { MethodUse } from "../../modules/subscription/queries/payment-methods"
import type { PaymentMethodView } from "../../types/payment-method-http"
import type { Tenant } from "../../types/tenant"
import type { AccountHolder } from "../payments/account-holder"
import type { SavedMethod } from "./saved-methods"

/**
 * What a customer sees of a payment method: nothing that is not named here, so
 * never a fingerprint, an address or an id of the customer at the provider.
 */
export function methodView(
  method: SavedMethod,
  { uses, now }: { uses: MethodUse[]; now: Date }
): PaymentMethodView {
  const details = detailsOf(method)
  const expiry = expiryOf(method)
  return {
    id: method.id,
    provider_id: method.provider_id,
    type: textOf(method.data.type),
    brand: textOf(details.brand) ?? textOf(details.bank_name),
    last4: textOf(details.last4),
    exp_month: expiry?.exp_month ?? null,
    exp_year: expiry?.exp_year ?? null,
    funding: textOf(details.funding),
    wallet: textOf(recordOf(details.wallet).type),
    is_default: defaultOf(method.holder) === method.id,
    is_expired: expiry !== null && isExpired(expiry, now),
    expires_soon: expiry !== null && expiresSoon(expiry, now),
    used_by: uses
      .filter((use) => isUseOf(use, method))
      .map(({ id, status, plan_name }) => ({ id, status, plan_name })),
  }
}

/** What mails call a payment method by. */
export function cardOf(method: SavedMethod): {
  brand: string | null
  last4: string | null
} {
  const details = detailsOf(method)
  return {
    brand: textOf(details.brand) ?? textOf(method.data.type),
    last4: textOf(details.last4),
  }
}

/** When it ends; null for what does not, or where nobody knows. */
export function expiryOf(method: SavedMethod): Expiry | null {
  const { exp_month, exp_year } = detailsOf(method)
  return typeof exp_month === "number" && typeof exp_year === "number"
    ? { exp_month, exp_year }
    : null
}

/** Whether a subscription is paid with a method. */
export function isUseOf(
  use: MethodUse,
  { id, provider_id }: Pick<SavedMethod, "id" | "provider_id">
): boolean {
  return use.provider_id === provider_id && use.payment_method_id === id
}

/** Whether a subscription is one of a tenant's. */
export function isOfTenant(
  { sales_channel_id }: Pick<MethodUse, "sales_channel_id">,
  { sales_channel_ids }: Tenant
): boolean {
  return (
    sales_channel_ids === null ||
    (sales_channel_id !== null && sales_channel_ids.includes(sales_channel_id))
  )
}

/** The method that an account holder has as the default, as it was stored. */
export function defaultOf({
  metadata,
}: Pick<AccountHolder, "metadata">): string | null {
  return textOf(metadata?.default_payment_method_id)
}

/** Stripe keeps what a method is like under its type, and others follow it. */
function detailsOf({ data }: SavedMethod): Record<string, unknown> {
  const type = textOf(data.type) ?? "card"
  return recordOf(Object.hasOwn(data, type) ? data[type] : data.card)
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null
    ? (value as Record<string, unknown>)
    : {}
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value ? value : null
}
