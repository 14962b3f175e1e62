/// <reference types="jest" />
import { MAX_ACTION_LIMITS } from "../../../types/action-limits"
import { TICKET_CATEGORIES } from "../../../types/portal-admin-http"
import {
  PORTAL_FLOWS,
  SESSION_ORIGINS,
  SESSION_STATUSES,
} from "../../../types/portal-session"
import {
  ATTEMPT_STATUSES,
  BILLING_INTERVALS,
  CANCELLATION_REASONS,
  CYCLE_STATUSES,
  PLAN_STATUSES,
  PRICE_POLICIES,
  STOCK_POLICIES,
  SUBSCRIPTION_STATUSES,
} from "../../../types/subscription"
import { STAFF_ACTIONS } from "../../lib/subscription-actions"
import locales from "../index"

type Texts = { [key: string]: string | Texts }

/** Every text by its path: `list.columns.plan`. */
function flatten(texts: Texts, prefix = ""): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === "string"
        ? [[prefix + key, value]]
        : Object.entries(flatten(value, `${prefix}${key}.`))
    )
  )
}

const placeholders = (text: string) =>
  [...text.matchAll(/{{(\w+)}}/g)].map(([, name]) => name).sort()

const texts = Object.fromEntries(
  Object.entries(locales).map(([code, { customerPortal }]) => [
    code,
    flatten(customerPortal),
  ])
)
const english = texts.en ?? {}

describe.each(Object.entries(texts))("the texts in %s", (_code, translated) => {
  it("have the keys of English", () => {
    expect(Object.keys(translated).sort()).toEqual(Object.keys(english).sort())
  })

  it("have the placeholders of English and are not empty", () => {
    for (const [key, text] of Object.entries(translated)) {
      expect([key, placeholders(text)]).toEqual([
        key,
        placeholders(english[key] ?? ""),
      ])
      expect(text.trim()).not.toBe("")
    }
  })

  it.each([
    ["status", SUBSCRIPTION_STATUSES],
    ["cycleStatus", CYCLE_STATUSES],
    ["attemptStatus", ATTEMPT_STATUSES],
    ["plans.status", PLAN_STATUSES],
    ["pricePolicy", PRICE_POLICIES],
    ["stockPolicy", STOCK_POLICIES],
    ["unit", BILLING_INTERVALS],
    ["access.status", SESSION_STATUSES],
    ["access.via", SESSION_ORIGINS],
    ["flow", PORTAL_FLOWS],
    ["category", TICKET_CATEGORIES],
    ["cancelReason", CANCELLATION_REASONS],
    ["form.limit", Object.keys(MAX_ACTION_LIMITS)],
  ])("name every %s", (path, values) => {
    for (const value of values) {
      expect(translated).toHaveProperty([`${path}.${value}`])
    }
  })
  it("name every action in full", () => {
    for (const action of STAFF_ACTIONS) {
      for (const part of ["menu", "title", "text", "confirm", "done"]) {
        expect(translated).toHaveProperty([`action.${action}.${part}`])
      }
    }
  })
})
