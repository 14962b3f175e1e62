import type { PortalFlowType, PortalScope } from "../../../types/portal-session"
import type { TicketCategory } from "../../../types/portal-admin-http"

/** What a customer came for and did, without writing to anybody. */
export type TaskDefinition = {
  /** What the customer would have written about; null: nothing usual. */
  category: TicketCategory | null
  /** What a session must be allowed to have done it. */
  scope: PortalScope
  /** Flows that are done with it. */
  flows: readonly PortalFlowType[]
  /** Only looked at: it may happen many times, and ends no flow by itself. */
  is_view: boolean
}

const SUBSCRIPTION: readonly PortalFlowType[] = ["subscription"]

const action = (
  category: TicketCategory | null,
  scope: PortalScope,
  flows: readonly PortalFlowType[] = []
): TaskDefinition => ({ category, scope, flows, is_view: false })

const view = (
  category: TicketCategory | null,
  scope: PortalScope,
  flows: readonly PortalFlowType[] = []
): TaskDefinition => ({ category, scope, flows, is_view: true })

/**
 * The tasks that are counted. A name is a contract: events of years ago hold it.
 */
export const TASKS = {
  subscription_canceled: action("cancel", "subscriptions:w", [
    ...SUBSCRIPTION,
    "subscription_cancel",
  ]),
  // Also what somebody takes who came to cancel.
  subscription_paused: action("cancel", "subscriptions:w", [
    ...SUBSCRIPTION,
    "subscription_pause",
    "subscription_cancel",
  ]),
  subscription_resumed: action("cancel", "subscriptions:w", SUBSCRIPTION),
  subscription_skipped: action("cancel", "subscriptions:w", [
    ...SUBSCRIPTION,
    "subscription_cancel",
  ]),
  subscription_changed: action("cancel", "subscriptions:w", [
    ...SUBSCRIPTION,
    "subscription_update",
    "subscription_update_confirm",
    "subscription_cancel",
  ]),
  payment_completed: action("payment_method", "subscriptions:w", [
    ...SUBSCRIPTION,
    "payment_action",
  ]),
  payment_method_updated: action("payment_method", "payment_methods:w", [
    "payment_method_update",
    "payment_action",
  ]),
  payment_method_removed: action("payment_method", "payment_methods:w", [
    "payment_method_update",
  ]),
  invoice_downloaded: action("invoice", "invoices:r", ["invoice"]),
  next_charge_viewed: view("charge_question", "subscriptions:r"),
  order_viewed: view("order_status", "orders:r", ["order"]),
  return_created: action("return", "returns:w", ["return_create"]),
  file_downloaded: action("download", "downloads:r", ["download"]),
  license_viewed: view("download", "licenses:r", ["license"]),
  address_changed: action(null, "profile:w"),
  profile_updated: action(null, "profile:w"),
} as const satisfies Record<string, TaskDefinition>

/** A task that is counted. */
export type PortalTask = keyof typeof TASKS

/** Their names. */
export const PORTAL_TASKS = Object.keys(TASKS) as PortalTask[]

/** What somebody comes for by a flow: it begins when the link is opened. */
export const FLOW_TASKS: Partial<Record<PortalFlowType, PortalTask>> = {
  subscription_cancel: "subscription_canceled",
  subscription_pause: "subscription_paused",
  subscription_update: "subscription_changed",
  subscription_update_confirm: "subscription_changed",
  payment_method_update: "payment_method_updated",
  payment_action: "payment_completed",
  invoice: "invoice_downloaded",
  order: "order_viewed",
  return_create: "return_created",
  download: "file_downloaded",
  license: "license_viewed",
}

/** What the customer of a flow would have written about. */
export const FLOW_CATEGORIES: Partial<Record<PortalFlowType, TicketCategory>> =
  Object.fromEntries(
    Object.entries(FLOW_TASKS).flatMap(([flow, task]) => {
      const { category }: TaskDefinition = TASKS[task]
      return category ? [[flow, category]] : []
    })
  )

/**
 * Whether this is a task that is counted.
 *
 * @example
 * isPortalTask("invoice_downloaded") // true
 * isPortalTask("toString") // false
 */
export function isPortalTask(task: string): task is PortalTask {
  return Object.hasOwn(TASKS, task)
}

/**
 * Whether a flow is done with this task. A session that is about nothing in
 * particular is done with any.
 *
 * @example
 * finishesFlow("subscription_canceled", "subscription_cancel") // true
 * finishesFlow("order_viewed", "subscription_cancel") // false
 */
export function finishesFlow(
  task: PortalTask,
  flow: PortalFlowType | null
): boolean {
  const { flows }: TaskDefinition = TASKS[task]
  return flow === null || flow === "overview" || flows.includes(flow)
}
