import type { MemberRole, PortalScope } from "./portal-session"

/** Answer of `GET /store/portal/profile`, as `profile`. */
export type ProfileView = {
  id: string
  /** Changed by `POST /store/portal/security/email-change` only. */
  email: string
  is_email_verified: boolean
  has_account: boolean
  first_name: string | null
  last_name: string | null
  company_name: string | null
  phone: string | null
  /** Language of mails; null: the shop's. */
  locale: string | null
}

/** An address of a customer. */
export type AddressView = {
  id: string
  address_name: string | null
  company: string | null
  first_name: string | null
  last_name: string | null
  address_1: string | null
  address_2: string | null
  city: string | null
  province: string | null
  postal_code: string | null
  /** Two letters in lower case. */
  country_code: string | null
  phone: string | null
  is_default_shipping: boolean
  is_default_billing: boolean
}

/** Answer of `…/communication-preferences`, as `communication_preferences`. */
export type CommunicationPreferencesView = {
  locale: string | null
  categories: {
    category: string
    channel: "email"
    enabled: boolean
    /** It cannot be switched off. */
    required: boolean
  }[]
}

/** Somebody who was invited to an account. */
export type MemberView = {
  id: string
  email: string
  role: MemberRole
  status: "invited" | "active"
  created_at: string
  joined_at: string | null
  /** null once it was taken up. */
  invite_expires_at: string | null
}

/** Whose account it is. Always there, and never to be removed. */
export type AccountHolderView = {
  customer_id: string
  email: string
  name: string | null
  role: "owner"
}

/** An account that the caller is a member of. */
export type AccountView = {
  /** The customer's, and the `:id` of `POST /store/portal/accounts/:id/session`. */
  id: string
  name: string | null
  role: MemberRole
  scopes: readonly PortalScope[]
  joined_at: string | null
}

/** An order in a list. Amounts are in the currency's major unit. */
export type OverviewOrder = {
  id: string
  display_id: number
  created_at: string
  status: string
  total: number
  currency_code: string
  thumbnails: string[]
}

/** Something that the customer has to do. */
export type OverviewIssue =
  | { type: "subscription_past_due"; subscription_id: string }
  | { type: "payment_action_required"; subscription_id: string }
  | { type: "email_unverified" }

/** Answer of `GET /store/portal/overview`, as `overview`. */
export type OverviewView<Time = string> = {
  customer: {
    id: string
    email: string
    first_name: string | null
    has_account: boolean
  }
  next_charges: {
    subscription_id: string
    title: string
    date: Time
    amount: number
    currency_code: string
    is_estimate: boolean
  }[]
  issues: OverviewIssue[]
  recent_orders: OverviewOrder[]
  counts: {
    orders: number
    subscriptions: number
    active_subscriptions: number
    sessions: number
    members: number
    accounts: number
  }
}
