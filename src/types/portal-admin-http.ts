import type { PortalFlowType } from "./portal-session"
import type { Branding } from "./tenant"

/** What customers write about, as far as the portal can answer it. */
export const TICKET_CATEGORIES = [
  "invoice",
  "payment_method",
  "cancel",
  "charge_question",
  "order_status",
  "return",
  "download",
] as const
export type TicketCategory = (typeof TICKET_CATEGORIES)[number]

/** What happened in the portal. */
export const PORTAL_EVENT_TYPES = [
  "link_created",
  "link_sent",
  "link_not_sent",
  "link_redeemed",
  "link_reused",
  "link_expired",
  "link_wrong_tenant",
  "login_mail_suppressed",
  "recovered",
  "session_started",
  "session_ended",
  "sessions_revoked",
  "impersonated_request",
  "task_started",
  "task_completed",
  "ticket_opened",
  "account_opened",
  "email_changed",
  "prehijack_suspected",
  "data_exported",
  "member_invited",
  "member_joined",
  "member_role_changed",
  "member_removed",
  "payment_method_added",
  "payment_method_removed",
  "payment_method_detached",
  "payment_method_updated",
  "payment_setup_limited",
  "payment_setup_succeeded",
] as const
export type PortalEventType = (typeof PORTAL_EVENT_TYPES)[number]

/**
 * A part of a whole. `rate` is between 0 and 1 with four digits, or null where
 * there is nothing to divide by.
 */
export type Share = { part: number; whole: number; rate: number | null }

/** A day's sessions; the day is that of the option `timezone`. */
export type PortalMetricsDay = {
  /** `YYYY-MM-DD` */
  date: string
  /** Sessions that began by a link on this day. */
  redeemed: number
  /** Those of them that count as completed. */
  completed: number
  /** Those of them after which the customer still wrote. */
  leaked: number
}

/** A task's way, counted in sessions. */
export type TaskFunnel = {
  task: string
  category: TicketCategory | null
  /** Sessions that began it; whoever completed it began it. */
  started: number
  completed: number
  /** Completed, and the customer still wrote about it. */
  ticket_followed: number
}

/** Deflection of one kind of question. An estimate. */
export type CategoryDeflection = {
  category: TicketCategory
  /** Tasks completed without such a ticket within the window after. */
  solved: number
  tickets: number
  /** solved ÷ (solved + tickets); null without either. */
  rate: number | null
}

/** How far sessions of a flow came. */
export type FlowOutcome = {
  flow: PortalFlowType
  sessions: number
  /** Sessions in which no task was completed. */
  abandoned: number
}

/**
 * How the portal did. Sessions of admins that look at an account, and of known
 * robots, are in no figure. See docs/guides/metrics.md.
 */
export type PortalMetrics = {
  /** ISO 8601 in UTC; `to` is not part of the range. */
  from: string
  to: string
  timezone: string
  tenant_id: string | null
  /** Hours in which a ticket counts as one that the session did not prevent. */
  window_hours: number
  /** Sessions with a task and without a ticket ÷ sessions that began by a link. */
  completion: Share
  /** Sessions with a ticket after it ÷ sessions that began by a link. */
  leakage: Share
  deflection: {
    /** It cannot be known who would have written. */
    is_estimate: true
    solved: number
    tickets: number
    rate: number | null
    categories: CategoryDeflection[]
  }
  /** Links opened ÷ links made. */
  redemption: Share
  /** Links tried too late ÷ links tried. */
  expired_links: Share
  /** Links that mailed a fresh one ÷ links tried too late. */
  recovery: Share
  /** Sessions whose second factor was never shown ÷ sessions that had to show it. */
  step_up_drop_off: Share
  /** Seconds from opening the link to the first completed task. */
  median_seconds_to_task: number | null
  tasks: TaskFunnel[]
  flows: FlowOutcome[]
  /** The flow that most sessions left without a task. */
  top_abandoned_flow: PortalFlowType | null
  /** Every day of the range, also those without a session. */
  days: PortalMetricsDay[]
}

/** Answer of `GET /admin/portal/metrics`. */
export type AdminPortalMetricsResponse = { metrics: PortalMetrics }

/** Something that happened. Never holds a token, a code or an address. */
export type AdminPortalEventView = {
  id: string
  /** One of `PORTAL_EVENT_TYPES`, or what an earlier version wrote. */
  type: string
  tenant_id: string
  customer_id: string | null
  session_id: string | null
  task: string | null
  /** Admin user or API key, where the customer did not do it. */
  actor_id: string | null
  ip: string | null
  data: Record<string, unknown> | null
  created_at: string
}

/** Answer of `GET /admin/portal/events`. */
export type AdminPortalEventListResponse = {
  portal_events: AdminPortalEventView[]
  count: number
  limit: number
  offset: number
}

/** How often somebody may try. */
export type AdminPortalLimit = {
  name: string
  /** 0: no limit. */
  max: number
  seconds: number
}

/** A tenant as the settings show it. */
export type AdminPortalTenant = {
  id: string
  enabled: boolean
  portal_url: string
  return_origins: string[]
  /** null: all. */
  sales_channel_ids: string[] | null
  locale: string
  branding: Branding
}

/**
 * What the plugin's options come to. They stand in `medusa-config.ts`: nothing
 * of it can be changed here, and nothing of it is a secret.
 */
export type AdminPortalSettings = {
  timezone: string
  /** In seconds, but `retention_days` and `max_pending_links`. */
  lifetimes: {
    link_seconds: number
    session_seconds: number
    idle_seconds: number
    recover_seconds: number
    max_pending_links: number
    retention_days: number
  }
  link_style: "fragment" | "query"
  limits: AdminPortalLimit[]
  hardenings: { name: string; enabled: boolean }[]
  password: { min_length: number; max_length: number; refuse_common: boolean }
  mails: {
    /** Of the notification module, for the channel "email"; null: none. */
    provider: { id: string; name: string } | null
    from: string | null
    /** Templates that the shop sends itself. */
    disabled: string[]
  }
  tenants: AdminPortalTenant[]
}

/** Answer of `GET /admin/portal/settings`. */
export type AdminPortalSettingsResponse = { settings: AdminPortalSettings }

/** Answer of `POST /store/portal/session/complete`. */
export type CompleteTaskResponse = {
  task: string
  /** false where the session has done it before. */
  recorded: boolean
  /** The session ended, as its link said. */
  ended: boolean
}
