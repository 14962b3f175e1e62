import type {
  FlowObject,
  PortalFlow,
  PortalFlowType,
  PortalScope,
} from "../../../types/portal-session"
import { LINK_SCOPES } from "./scopes"

/** What a flow may do, and which object it is about. */
export type FlowDefinition = {
  scopes: readonly PortalScope[]
  /** The kind of object; null: the flow is about none. */
  object: FlowObject | null
  /** Path below the portal's address; `:id` is the object's. */
  path: string
}

const SUBSCRIPTION: readonly PortalScope[] = ["subscriptions:w"]
const CARDS: readonly PortalScope[] = ["payment_methods:w"]

/**
 * The flows, each with the least that it needs. A session of a flow about an
 * object reaches that object and nothing beside it.
 */
export const FLOWS: Record<PortalFlowType, FlowDefinition> = {
  overview: { scopes: LINK_SCOPES, object: null, path: "/" },
  payment_method_update: {
    scopes: CARDS,
    object: null,
    path: "/payment-methods",
  },
  invoice: {
    scopes: ["invoices:r"],
    object: "invoice_id",
    path: "/invoices/:id",
  },
  order: { scopes: ["orders:r"], object: "order_id", path: "/orders/:id" },
  subscription: {
    scopes: SUBSCRIPTION,
    object: "subscription_id",
    path: "/subscriptions/:id",
  },
  subscription_cancel: {
    scopes: SUBSCRIPTION,
    object: "subscription_id",
    path: "/subscriptions/:id/cancel",
  },
  subscription_pause: {
    scopes: SUBSCRIPTION,
    object: "subscription_id",
    path: "/subscriptions/:id/pause",
  },
  subscription_update: {
    scopes: SUBSCRIPTION,
    object: "subscription_id",
    path: "/subscriptions/:id/change",
  },
  subscription_update_confirm: {
    scopes: SUBSCRIPTION,
    object: "subscription_id",
    path: "/subscriptions/:id/change/confirm",
  },
  payment_action: {
    scopes: SUBSCRIPTION,
    object: "subscription_id",
    path: "/subscriptions/:id/pay",
  },
  return_create: {
    scopes: ["orders:r", "returns:w"],
    object: "order_id",
    path: "/orders/:id/return",
  },
  ticket: { scopes: ["tickets:w"], object: "ticket_id", path: "/tickets/:id" },
  license: {
    scopes: ["licenses:w"],
    object: "license_id",
    path: "/licenses/:id",
  },
  download: {
    scopes: ["downloads:r"],
    object: "download_id",
    path: "/downloads/:id",
  },
}

/**
 * The id of the object that a flow is about.
 *
 * @returns null where it is about none
 */
export function flowObject(
  flow: PortalFlow | null
): { kind: FlowObject; id: string } | null {
  const kind = flow && FLOWS[flow.type].object
  const id = kind ? flow.data[kind] : undefined
  return kind && id !== undefined ? { kind, id } : null
}

/**
 * Where a flow starts, below the portal's address.
 *
 * @example
 * flowPath({ type: "subscription_cancel", data: { subscription_id: "sub_1" } })
 * // "/subscriptions/sub_1/cancel"
 */
export function flowPath(flow: PortalFlow | null): string {
  if (!flow) {
    return "/"
  }
  const object = flowObject(flow)
  return FLOWS[flow.type].path.replace(
    ":id",
    encodeURIComponent(object?.id ?? "")
  )
}
