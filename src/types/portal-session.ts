/** How a session came about. */
export const SESSION_ORIGINS = [
  "api",
  "admin",
  "email_link",
  "email_code",
  "recovery",
  "customer_auth",
  "member",
] as const
export type SessionOrigin = (typeof SESSION_ORIGINS)[number]

/** `pending`: a link that has not been opened. Only it and `active` live. */
export const SESSION_STATUSES = [
  "pending",
  "active",
  "completed",
  "expired",
  "revoked",
] as const
export type SessionStatus = (typeof SESSION_STATUSES)[number]

/** `pending`: the customer's second factor has not been shown yet. */
export type MfaState = "none" | "pending" | "verified"

/**
 * What a session may do: `r` reads, `w` reads and writes. `security:w` is never
 * in a link: it takes a step-up.
 */
export const PORTAL_SCOPES = [
  "profile:r",
  "profile:w",
  "orders:r",
  "invoices:r",
  "subscriptions:r",
  "subscriptions:w",
  "payment_methods:r",
  "payment_methods:w",
  "licenses:r",
  "licenses:w",
  "downloads:r",
  "returns:r",
  "returns:w",
  "tickets:r",
  "tickets:w",
  "wishlist:r",
  "wishlist:w",
  "members:r",
  "members:w",
  "security:r",
  "security:w",
] as const
export type PortalScope = (typeof PORTAL_SCOPES)[number]

/** Where a link leads, and what it is limited to. */
export const PORTAL_FLOWS = [
  "overview",
  "payment_method_update",
  "invoice",
  "order",
  "subscription",
  "subscription_cancel",
  "subscription_pause",
  "subscription_update",
  "subscription_update_confirm",
  "payment_action",
  "return_create",
  "ticket",
  "license",
  "download",
] as const
export type PortalFlowType = (typeof PORTAL_FLOWS)[number]

/** Kinds of objects that a flow can be about. */
export type FlowObject =
  | "subscription_id"
  | "order_id"
  | "invoice_id"
  | "ticket_id"
  | "license_id"
  | "download_id"

/** A flow and the object that it is about, where it is about one. */
export type PortalFlow = {
  type: PortalFlowType
  data: Partial<Record<FlowObject, string>>
}

/** What follows when a flow is done. */
export type AfterCompletion = {
  type: "redirect" | "hosted_confirmation" | "portal_homepage"
  /** The session ends with the flow. */
  end_session: boolean
}

/** Roles in a shared account. */
export const MEMBER_ROLES = [
  "owner",
  "billing_manager",
  "member",
  "viewer",
] as const
export type MemberRole = (typeof MEMBER_ROLES)[number]
