import type { SubscriptionStatus } from "./subscription"

/** A live subscription that is paid with a payment method. */
export type PaymentMethodUse = {
  id: string
  status: SubscriptionStatus
  plan_name: string | null
}

/** A saved payment method. What a provider does not tell is null. */
export type PaymentMethodView = {
  /** The provider's id; Stripe: `pm_…`. */
  id: string
  provider_id: string
  /** As the provider names it: `card`, `sepa_debit`, `link`. */
  type: string | null
  /** `visa`, `mastercard`, … */
  brand: string | null
  last4: string | null
  exp_month: number | null
  exp_year: number | null
  /** `credit`, `debit`, `prepaid`. */
  funding: string | null
  /** `apple_pay`, `google_pay`, …; null for a card that was typed in. */
  wallet: string | null
  /** The customer's default with this provider. */
  is_default: boolean
  is_expired: boolean
  /** It ends within 30 days. */
  expires_soon: boolean
  used_by: PaymentMethodUse[]
}

/** A provider of the shop, and what can be done with it. */
export type PaymentProviderView = {
  provider_id: string
  supports: {
    /** Methods can be saved, listed and removed. */
    save: boolean
  }
}

/** A provider that did not answer. The others' methods are there all the same. */
export type PaymentProviderProblem = {
  provider_id: string
  code: "provider_unavailable"
}

/** `GET /store/portal/payment-methods` */
export type PaymentMethodListResponse = {
  payment_methods: PaymentMethodView[]
  providers: PaymentProviderView[]
  problems: PaymentProviderProblem[]
}

/** `POST /store/portal/payment-methods/setup` */
export type PaymentSetupResponse = {
  payment_setup: {
    provider_id: string
    /** Stripe: the SetupIntent's id, `seti_…`. */
    id: string
    /** For Stripe.js; null with providers that know none. */
    client_secret: string | null
    status: string | null
  }
}

/** The charge of a period that was open, tried again with the new method. */
export type RetriedCharge = {
  subscription_id: string
  outcome:
    | "paid"
    | "declined"
    | "action_required"
    | "not_charged"
    | "unknown"
    | "not_attempted"
}

/** `POST …/confirm` and `POST …/:id/default` */
export type PaymentMethodResponse = {
  payment_method: PaymentMethodView
  /** Subscriptions that are paid with it from now on. */
  moved_subscription_ids: string[]
  retried: RetriedCharge[]
}

/** `DELETE …/:id` */
export type PaymentMethodDeleteResponse = {
  id: string
  object: "payment_method"
  deleted: true
  /** Subscriptions that are paid with another method now. */
  moved_subscription_ids: string[]
}
