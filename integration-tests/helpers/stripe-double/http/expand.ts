import type { Store } from "../model/store"
import { invalidParams } from "./errors"

/** Kinds of answers whose properties can be expanded. */
export type Kind =
  | "charge"
  | "customer"
  | "event"
  | "invoice_settings"
  | "payment_intent"
  | "payment_method"
  | "refund"
  | "setup_intent"

/** The property is always null in the double, so expanding it is allowed. */
const NOTHING = null

/** What each property that can be expanded becomes. */
const EXPANDABLE: Record<Kind, Record<string, Kind | typeof NOTHING>> = {
  charge: {
    balance_transaction: NOTHING,
    customer: "customer",
    payment_intent: "payment_intent",
    refunds: "refund",
  },
  customer: {
    default_source: NOTHING,
    invoice_settings: "invoice_settings",
  },
  event: {},
  invoice_settings: { default_payment_method: "payment_method" },
  payment_intent: {
    application: NOTHING,
    customer: "customer",
    latest_charge: "charge",
    payment_method: "payment_method",
    review: NOTHING,
  },
  payment_method: { customer: "customer" },
  refund: {
    balance_transaction: NOTHING,
    charge: "charge",
    payment_intent: "payment_intent",
  },
  setup_intent: {
    customer: "customer",
    latest_attempt: NOTHING,
    payment_method: "payment_method",
  },
}

const MAX_DEPTH = 4

/** @throws when a path leads to something that cannot be expanded */
export function assertExpandable(
  kind: Kind,
  paths: string[],
  isList: boolean
): void {
  for (const path of paths) {
    const parts = path.split(".")
    const rest = isList ? parts.slice(1) : parts
    const reachable =
      parts.length <= MAX_DEPTH &&
      rest.length > 0 &&
      (!isList || parts[0] === "data") &&
      leadsSomewhere(kind, rest)
    if (!reachable) {
      throw invalidParams(`This property cannot be expanded (${path}).`, {
        param: "expand",
      })
    }
  }
}

function leadsSomewhere(kind: Kind, path: string[]): boolean {
  let current: Kind | typeof NOTHING | undefined = kind
  for (const part of path) {
    current = current ? EXPANDABLE[current][part] : undefined
  }
  return current !== undefined
}

/** The answer with the objects that were asked for in place of their ids. */
export function expand(store: Store, answer: object, paths: string[]): object {
  const copy = structuredClone(answer)
  paths.forEach((path) => expandPath(store, copy, path.split(".")))
  return copy
}

function expandPath(store: Store, at: object, path: string[]): void {
  const [name, ...rest] = path
  if (name === undefined) {
    return
  }
  if (name === "data" && "data" in at && Array.isArray(at.data)) {
    at.data.forEach((item: object) => expandPath(store, item, rest))
    return
  }
  const holder = at as Record<string, unknown>
  const value = name === "refunds" ? refundsOf(store, holder.id) : holder[name]
  const expanded =
    typeof value === "string" ? structuredClone(find(store, value)) : value
  holder[name] = expanded ?? null
  if (typeof expanded === "object" && expanded !== null) {
    expandPath(store, expanded, rest)
  }
}

function find(store: Store, id: string): object | undefined {
  return (
    store.customers.get(id) ??
    store.paymentMethods.get(id) ??
    store.paymentIntents.get(id) ??
    store.charges.get(id)
  )
}

function refundsOf(store: Store, chargeId: unknown): object {
  return {
    object: "list",
    data: [...store.refunds.values()]
      .filter((refund) => refund.charge === chargeId)
      .reverse(),
    has_more: false,
    url: `/v1/charges/${String(chargeId)}/refunds`,
  }
}
