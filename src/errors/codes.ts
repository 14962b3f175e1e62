/**
 * The one table of error codes. Data only: no framework import, so that pure
 * code may use it.
 *
 * `type` is the Medusa error type that carries the code when only Medusa's own
 * error handler sees the error. It is always one whose message and code that
 * handler keeps. `status` is what our routes answer (see `error-handler.ts`).
 */

/** The Medusa error types that keep both message and code on their way out. */
export type PortalErrorType =
  "invalid_data" | "not_allowed" | "unauthorized" | "forbidden" | "not_found"

/** One row of the table. */
export interface PortalErrorDefinition {
  /** Medusa error type, as it stands in the answer's `type`. */
  type: PortalErrorType
  /** HTTP status that our routes answer. */
  status: 400 | 401 | 403 | 404 | 409 | 410 | 422 | 429
  /** Default message, for when the place that throws has nothing better. */
  message: string
}

const invalid = (message: string) =>
  ({ type: "invalid_data", status: 400, message }) as const
const refused = (message: string) =>
  ({ type: "not_allowed", status: 400, message }) as const
const conflict = (message: string) =>
  ({ type: "not_allowed", status: 409, message }) as const
const gone = (message: string) =>
  ({ type: "not_allowed", status: 410, message }) as const
const duplicate = (message: string) =>
  ({ type: "invalid_data", status: 422, message }) as const
const unauthorized = (message: string) =>
  ({ type: "unauthorized", status: 401, message }) as const
const forbidden = (message: string) =>
  ({ type: "forbidden", status: 403, message }) as const
const missing = (message: string) =>
  ({ type: "not_found", status: 404, message }) as const

/**
 * Every error code of the plugin. Codes are a contract: add freely, never
 * rename.
 *
 * @example
 * PORTAL_ERRORS.expected_status.status // 409
 */
export const PORTAL_ERRORS = {
  validation_failed: invalid("The request is not valid."),
  not_found: missing("Not found."),
  not_allowed: refused("This is not allowed."),
  unauthorized: unauthorized("Sign in first."),
  forbidden: forbidden("You may not do this."),
  already_exists: duplicate("This exists already."),
  rate_limited: {
    type: "not_allowed",
    status: 429,
    message: "Too many requests. Try again later.",
  },
  expected_status: conflict("The status has changed in the meantime."),
  expected_total: conflict("The total has changed in the meantime."),
  transition_not_allowed: refused("This is not possible in this state."),
  invalid_options: invalid("The plugin's options are not valid."),
  test_clock_disabled: missing("The test clock is not enabled."),
  job_unknown: missing("There is no job of this name."),
  customer_required: unauthorized("Sign in as a customer first."),

  timezone_unknown: invalid("The time zone is unknown."),
  date_invalid: invalid("The date is not valid."),
  date_out_of_range: invalid("The date is out of range."),
  billing_rule_invalid: invalid("The billing rule is not valid."),
  amount_invalid: invalid("The amount is not valid."),
  currency_invalid: invalid("The currency is not valid."),
  currency_mismatch: refused("The currencies do not match."),
  quantity_invalid: invalid("The quantity is not valid."),
  variant_unavailable: refused("This product cannot be ordered now."),
  too_many_charge_tries: conflict(
    "This payment method was refused too often. Take another one, or wait."
  ),
  insufficient_stock: refused("There is not enough stock."),

  plan_not_offered: refused("This plan is not offered for this product."),
  plan_archived: refused("This plan is no longer offered."),
  plan_in_use: conflict("Subscriptions still use this plan."),
  plan_terms_fixed: refused(
    "Subscriptions use this plan: its billing rhythm cannot change."
  ),
  cart_busy: conflict("The cart is being changed. Try again."),
  cart_completed: refused("The cart has become an order already."),
  setup_fee_line_locked: refused(
    "The setup fee goes with its subscription line."
  ),
  membership_required: forbidden("A membership is needed for this."),

  action_not_offered: refused("The plan does not offer this."),
  action_out_of_bounds: invalid("This goes beyond what is allowed."),
  meter_unknown: invalid("The plan has no such meter."),
  address_not_deliverable: refused("Nothing is delivered to this address."),
  payment_pending: conflict("Pay what is open first."),
  minimum_term_running: refused("The minimum term is not over."),
  offer_unavailable: refused("This offer cannot be taken now."),
  subscription_transition_not_allowed: refused(
    "The subscription's status does not allow this."
  ),
  cycle_transition_not_allowed: refused(
    "The billing cycle's status does not allow this."
  ),
  cycle_not_due: refused("The billing cycle is not due."),
  charge_in_progress: conflict("A charge is in progress."),
  payment_provider_not_off_session: refused(
    "This payment provider cannot charge without the customer."
  ),
  payment_method_in_use: conflict("A subscription uses this payment method."),
  payment_method_busy: conflict(
    "The payment methods are being changed. Try again."
  ),
  payment_method_unusable: refused("This payment method cannot be used."),
  payment_setup_incomplete: conflict(
    "The payment method has not been confirmed with the provider."
  ),
  payment_provider_unknown: invalid("There is no such payment provider."),
  payment_provider_cannot_save: refused(
    "This payment provider cannot save payment methods."
  ),
  provider_unavailable: conflict(
    "The payment provider does not answer. Try again later."
  ),
  payment_method_required: refused(
    "A payment method for later charges is needed."
  ),
  subscription_items_changed: conflict(
    "The cart's subscriptions have changed. Look at the cart again."
  ),

  mail_not_sent: conflict(
    "The mail was not sent, so the link was withdrawn. Try again later."
  ),

  portal_link_invalid: unauthorized("This link is not valid."),
  portal_link_used: gone("This link has been used."),
  portal_link_expired: gone("This link has expired."),
  portal_session_expired: unauthorized("The session has expired."),
  session_revoked: unauthorized("The session has ended."),
  portal_scope_missing: forbidden("The session does not cover this."),
  ambiguous_credentials: refused("Send one credential, not several."),
  ambiguous_tenant: refused("The publishable key belongs to several tenants."),
  tenant_unknown: unauthorized("The publishable key belongs to no tenant."),
  mfa_required: forbidden("Show your second factor first."),
  step_up_required: forbidden("Confirm that it is you first."),
  mfa_code_invalid: refused("This code is not right, or was used before."),
  mfa_not_enabled: refused("There is no second factor."),
  password_wrong: refused("The password is not right."),
  password_not_set: refused("There is no password."),
  password_too_weak: invalid("Choose another password."),
  registration_refused: refused(
    "This registration is not possible. Sign in, or reset the password."
  ),
  email_invalid: invalid("This is not an e-mail address."),
  email_taken: duplicate("This address cannot be used."),
  account_required: refused("Only an account can do this."),
  account_exists: duplicate("There is an account of this address already."),
  account_email_mismatch: refused("The address is not the one of the sign-in."),
  mailbox_not_proven: forbidden("Open a link from a mail first."),
  entity_not_own: invalid("The address belongs to another sign-in."),
  email_change_invalid: refused("This code is not right."),
  email_change_over: gone("Begin the change of address again."),
  login_code_invalid: unauthorized("This code is not right."),
  login_code_expired: gone("This code is used up. Ask for a new one."),
  return_url_invalid: invalid("This return address is not allowed."),
  flow_invalid: invalid("This flow is not possible for this customer."),
  member_exists: duplicate("This address is invited or a member already."),
  member_role_own: forbidden("Nobody changes their own role."),
  last_owner: conflict("An account keeps its owner."),
  member_invite_invalid: unauthorized("This invitation is not valid."),
  member_invite_over: gone("This invitation is over."),
  address_busy: conflict("The addresses are being changed. Try again."),
  preference_required: invalid("These mails cannot be switched off."),
  task_unknown: invalid("There is no such task."),
  webhook_invalid: invalid("The webhook's signature is not valid."),
} as const satisfies Record<string, PortalErrorDefinition>

/** A stable, snake_case error code. */
export type PortalErrorCode = keyof typeof PORTAL_ERRORS

/**
 * Tells whether a value is one of our codes.
 *
 * @example
 * isPortalErrorCode("rate_limited") // true
 * isPortalErrorCode("toString") // false
 */
export function isPortalErrorCode(value: unknown): value is PortalErrorCode {
  return typeof value === "string" && Object.hasOwn(PORTAL_ERRORS, value)
}
