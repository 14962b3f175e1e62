/**
 * The Stripe objects the double keeps, in the shape Stripe answers with them.
 */

/** Up to 50 string pairs a merchant may put on an object. */
export type Metadata = Record<string, string>

/** A postal address; every line may be missing. */
export type Address = Record<
  "city" | "country" | "line1" | "line2" | "postal_code" | "state",
  string | null
>

/** Name and address goods are sent to. */
export interface Shipping {
  address: Address
  name: string
  phone: string | null
}

interface Identified<Kind extends string> {
  id: string
  object: Kind
  created: number
  livemode: false
}

/** `cus_…` */
export interface Customer extends Identified<"customer"> {
  address: Address | null
  balance: number
  currency: string | null
  default_source: null
  delinquent: boolean
  description: string | null
  discount: null
  email: string | null
  invoice_prefix: string
  invoice_settings: {
    custom_fields: null
    default_payment_method: string | null
    footer: null
    rendering_options: null
  }
  metadata: Metadata
  name: string | null
  next_invoice_sequence: number
  phone: string | null
  preferred_locales: string[]
  shipping: Shipping | null
  tax_exempt: string
  test_clock: null
}

/** What Stripe answers for a customer that was deleted. */
export interface DeletedCustomer {
  id: string
  object: "customer"
  deleted: true
}

/** Billing name and address of a card. */
export interface BillingDetails {
  address: Address
  email: string | null
  name: string | null
  phone: string | null
}

interface CardFace {
  brand: string
  checks: {
    address_line1_check: string | null
    address_postal_code_check: string | null
    cvc_check: string | null
  }
  country: string
  exp_month: number
  exp_year: number
  fingerprint: string
  funding: string
  last4: string
  wallet: null
}

/** `pm_…` of type card. */
export interface PaymentMethod extends Identified<"payment_method"> {
  billing_details: BillingDetails
  card: CardFace & {
    generated_from: null
    networks: { available: string[]; preferred: null }
    three_d_secure_usage: { supported: boolean }
  }
  customer: string | null
  metadata: Metadata
  type: "card"
}

/** The error Stripe puts into answers and onto intents. */
export interface StripeErrorBody {
  type:
    "api_error" | "card_error" | "idempotency_error" | "invalid_request_error"
  message: string
  code?: string
  decline_code?: string
  doc_url?: string
  param?: string
  charge?: string
  payment_method?: PaymentMethod
  payment_intent?: PaymentIntent
  setup_intent?: SetupIntent
}

/** What the customer has to do before an intent can go on. */
export type NextAction =
  | {
      type: "redirect_to_url"
      redirect_to_url: { return_url: string; url: string }
    }
  | {
      type: "use_stripe_sdk"
      use_stripe_sdk: { type: "three_d_secure_redirect"; stripe_js: string }
    }

/** Whether Stripe picks the payment method types of an intent. */
export interface AutomaticPaymentMethods {
  enabled: boolean
  allow_redirects?: "always" | "never"
}

/** Card settings of an intent. */
export interface CardOptions {
  card?: {
    installments?: null
    mandate_options: null
    network: null
    request_three_d_secure: string
  }
}

interface Intent {
  automatic_payment_methods: AutomaticPaymentMethods | null
  cancellation_reason: string | null
  client_secret: string
  customer: string | null
  description: string | null
  metadata: Metadata
  next_action: NextAction | null
  payment_method: string | null
  payment_method_options: CardOptions
  payment_method_types: string[]
}

/** `pi_…` */
export interface PaymentIntent extends Identified<"payment_intent">, Intent {
  amount: number
  amount_capturable: number
  amount_details: { tip: Record<string, never> }
  amount_received: number
  application: null
  application_fee_amount: null
  canceled_at: number | null
  capture_method: "automatic" | "automatic_async" | "manual"
  confirmation_method: "automatic" | "manual"
  currency: string
  invoice: null
  last_payment_error: StripeErrorBody | null
  latest_charge: string | null
  on_behalf_of: null
  processing: null
  receipt_email: string | null
  review: null
  setup_future_usage: "on_session" | "off_session" | null
  shipping: Shipping | null
  statement_descriptor: string | null
  statement_descriptor_suffix: string | null
  status:
    | "requires_payment_method"
    | "requires_confirmation"
    | "requires_action"
    | "requires_capture"
    | "succeeded"
    | "canceled"
  transfer_data: null
  transfer_group: string | null
}

/** `seti_…` */
export interface SetupIntent extends Identified<"setup_intent">, Intent {
  application: null
  flow_directions: null
  last_setup_error: StripeErrorBody | null
  latest_attempt: null
  mandate: null
  on_behalf_of: null
  single_use_mandate: null
  status:
    | "requires_payment_method"
    | "requires_confirmation"
    | "requires_action"
    | "succeeded"
    | "canceled"
  usage: string
}

/** `ch_…` */
export interface Charge extends Identified<"charge"> {
  amount: number
  amount_captured: number
  amount_refunded: number
  application: null
  application_fee: null
  application_fee_amount: null
  balance_transaction: null
  billing_details: BillingDetails
  calculated_statement_descriptor: string | null
  captured: boolean
  currency: string
  customer: string | null
  description: string | null
  disputed: boolean
  failure_balance_transaction: null
  failure_code: string | null
  failure_message: string | null
  fraud_details: Record<string, never>
  invoice: null
  metadata: Metadata
  on_behalf_of: null
  outcome: {
    network_status: string
    reason: string | null
    risk_level: string
    seller_message: string
    type: string
  }
  paid: boolean
  payment_intent: string
  payment_method: string
  payment_method_details: {
    card: CardFace & {
      installments: null
      mandate: null
      network: string
      three_d_secure: {
        authentication_flow: "challenge"
        result: "authenticated"
        result_reason: null
        version: "2.2.0"
      } | null
    }
    type: "card"
  }
  receipt_email: string | null
  receipt_number: null
  receipt_url: string | null
  refunded: boolean
  review: null
  shipping: Shipping | null
  source_transfer: null
  statement_descriptor: string | null
  statement_descriptor_suffix: string | null
  status: "succeeded" | "failed"
  transfer_data: null
  transfer_group: string | null
}

/** `re_…` */
export interface Refund extends Omit<Identified<"refund">, "livemode"> {
  amount: number
  balance_transaction: null
  charge: string
  currency: string
  metadata: Metadata
  payment_intent: string
  reason: string | null
  receipt_number: null
  source_transfer_reversal: null
  status: "succeeded"
  transfer_reversal: null
}

/** Everything an event can tell about. */
export type EventSubject =
  Customer | PaymentMethod | PaymentIntent | SetupIntent | Charge | Refund

/** `evt_…`; `data.object` is the object as it was when the event happened. */
export interface StripeEvent extends Identified<"event"> {
  api_version: string
  data: {
    object: EventSubject
    /** What was different before, with updates and detachments. */
    previous_attributes?: Record<string, unknown>
  }
  pending_webhooks: number
  request: { id: string | null; idempotency_key: string | null }
  type: string
}
