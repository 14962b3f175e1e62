import type {
  AfterCompletion,
  MfaState,
  PortalFlow,
  PortalScope,
  SessionOrigin,
  SessionStatus,
} from "./portal-session"
import type { Branding } from "./tenant"

/** A session as its customer sees it. Times are ISO 8601 in UTC. */
export type PortalSessionView = {
  /** null with a login of Medusa's own. */
  id: string | null
  customer_id: string
  tenant_id: string
  scopes: readonly PortalScope[]
  flow: PortalFlow | null
  return_url: string | null
  after_completion: AfterCompletion | null
  locale: string | null
  /** `pending`: only `POST /store/portal/session/mfa` works until then. */
  mfa_state: MfaState
  is_impersonation: boolean
  expires_at: string | null
  idle_expires_at: string | null
}

/** Answer of `POST …/exchange`, `…/verify` and `…/from-customer`. */
export type PortalSessionTokenResponse = {
  portal_session: PortalSessionView
  /** `pss_…`, for `Authorization: Bearer`. Shown once. */
  token: string
}

/** Answer of `POST /store/portal/session/mfa`. */
export type SecondFactorResponse = {
  id: string
  mfa_state: "verified"
  /** `pss_…` in place of the one before, which ends at once. Shown once. */
  token: string
}

/** Answer of `POST /store/portal/session/step-up`. */
export type StepUpResponse = {
  id: string
  stepped_up: true
  /** `pss_…` in place of the one before, which ends at once. Shown once. */
  token: string
}

/** Answer of `GET /store/portal/session`. */
export type PortalSessionResponse = {
  portal_session: PortalSessionView
  customer: { id: string; email: string; has_account: boolean }
  tenant: { id: string; branding: Branding; locale: string }
}

/** Answer of `POST /store/portal/sessions/preview`. */
export type LinkPreviewResponse = {
  link: {
    /** The customer's address, masked. */
    email: string
    flow: PortalFlow["type"] | null
    expires_at: string
    tenant: { id: string; branding: Branding; locale: string }
  }
}

/** Answer of `POST /store/portal/login-requests`. */
export type LoginRequestResponse = {
  login_request: { id: string; expires_in: number }
}

/** A session as a merchant sees it. */
export type AdminPortalSessionView = {
  id: string
  status: SessionStatus
  customer_id: string
  tenant_id: string
  member_id: string | null
  created_via: SessionOrigin
  /** Admin user or API key. */
  created_by: string | null
  impersonator_id: string | null
  scopes: readonly PortalScope[]
  flow: PortalFlow | null
  return_url: string | null
  reference: string | null
  locale: string | null
  mfa_state: MfaState
  ip: string | null
  user_agent: string | null
  device_label: string | null
  created_at: string
  link_expires_at: string | null
  redeemed_at: string | null
  last_seen_at: string | null
  expires_at: string | null
  revoked_at: string | null
  revoked_reason: string | null
  completed_at: string | null
}

/** A sign-in of Medusa's own: where a customer is signed in to the storefront. */
export type DeviceView = {
  /** `pdev_…` */
  id: string
  /** `jwt`: a token that an app or a storefront's server keeps. */
  kind: "jwt" | "cookie"
  device_label: string | null
  ip: string | null
  created_at: string
  last_seen_at: string
  expires_at: string
}

export type AdminPortalSessionListResponse = {
  portal_sessions: AdminPortalSessionView[]
  /**
   * Of the customer that `customer_id` asks for: at most 50 that still count,
   * newest first, on every page and whatever else is asked for, since they belong
   * to no brand. They are not part of `count`.
   */
  devices?: DeviceView[]
  count: number
  limit: number
  offset: number
}

/** Answer of `POST /admin/portal/sessions`: the address is shown once. */
export type AdminPortalSessionCreatedResponse = {
  portal_session: AdminPortalSessionView
  /** null with `delivery: "email"`. */
  url: string | null
}

/** A sign-in of a customer: a portal session, or a login of Medusa's own. */
export type SignInView = {
  id: string
  kind: "portal" | "jwt" | "cookie"
  device_label: string | null
  ip: string | null
  created_at: string
  last_seen_at: string | null
  expires_at: string | null
  is_current: boolean
}
