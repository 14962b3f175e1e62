import fs from "node:fs"
import path from "node:path"

import { ACCOUNT_SECURITY_ROUTES } from "./account-security-routes"
import { ACCOUNT_ROUTES } from "./account-routes"
import { MEMBERSHIP_ROUTES, WRONG_MEMBERSHIPS } from "./membership-routes"
import { PORTAL_METRICS_ROUTES } from "./portal-metrics-routes"
import { PORTAL_SESSION_ROUTES } from "./portal-session-routes"
import { SUBSCRIPTION_ACTION_ROUTES } from "./subscription-action-routes"
import { SUBSCRIPTION_ADMIN_ROUTES } from "./subscription-admin-routes"
import { SUBSCRIPTION_CHANGE_ROUTES } from "./subscription-change-routes"
import {
  IDS,
  NO_FLAG,
  NO_NUMBER,
  NO_QUANTITY,
  NO_QUERY,
  NO_TEXT,
  ORDER,
  PAGE,
  wrong,
  type RouteRow,
} from "./route-values"

export type { RouteRow } from "./route-values"

const API = path.resolve(__dirname, "../../src/api")

const history: RouteRow = { actor: "customer", id: "own", wrongQueries: PAGE }
const detail: RouteRow = {
  actor: "customer",
  id: "own",
  wrongQueries: NO_QUERY,
}
const schedule: RouteRow = {
  actor: "customer",
  id: "own",
  wrongQueries: [
    "count=0",
    "count=101",
    "count=-1",
    "count=x",
    "count=",
    "n=1",
  ],
}
const admin = (row: RouteRow): RouteRow => ({ ...row, actor: "admin" })
const nothing: RouteRow = {
  actor: "admin",
  body: {},
  wrongBodies: [{ unknown: 1 }, { id: "x" }],
}

const plan = { handle: "bad-input", name: "Plan", interval: "month" }
const wrongPlans = [
  ...wrong("handle", ...NO_TEXT, ""),
  ...wrong("name", ...NO_TEXT, "", "\0"),
  ...wrong("interval", ...NO_TEXT, "fortnight"),
  ...wrong("interval_count", ...NO_QUANTITY),
  ...wrong("trial_days", ...NO_NUMBER, -1, 1.5, 1e300),
  ...wrong("trial_requires_payment_method", ...NO_FLAG),
  ...wrong("recurring_discount", 1, "10%", [], { type: "percent", value: 101 }),
  ...wrong("setup_fee", 1, [], { eur: "1" }, { eur: -1 }),
  ...wrong("max_cycles", "1", {}, 0, -1, 1.5),
  ...wrong("anchor_day", "1", {}, 0, 32),
  ...wrong("customer_actions", 1, [], { fly: true }, { cancel: "yes" }),
  ...wrong("action_limits", 1, [], { fly: 1 }, { skip_max_cycles: -1 }),
  ...wrong("action_limits", { pause_max_days: "1" }, { pause_max_days: 1e9 }),
  ...wrong(
    "retention_offers",
    1,
    {},
    [{ id: "a" }],
    [{ id: "a", type: "fly" }]
  ),
  ...wrong("retention_offers", [{ id: "a", type: "pause", cycles: 0 }]),
  ...wrong(
    "retention_offers",
    [{ id: "a", type: "discount", percent: 101, cycles: 1 }],
    [
      { id: "a", type: "pause", cycles: 1 },
      { id: "a", type: "pause", cycles: 1 },
    ]
  ),
  ...wrong("reminder_days", "3", {}, -1, 1.5, 91),
  ...WRONG_MEMBERSHIPS,
  ...wrong(
    "meters",
    1,
    {},
    [1],
    [{ key: "Calls", name: "Calls", unit_price: { eur: 1 } }],
    [{ key: "calls", name: "Calls" }],
    [{ key: "calls", name: "Calls", unit_price: { eur: -1 } }],
    [{ key: "calls", name: "Calls", unit_price: { eur: 1e300 } }],
    [{ key: "calls", name: "Calls", unit_price: { xxx: 1 } }],
    [{ key: "calls", name: "Calls", tiers_mode: "volume", tiers: [] }]
  ),
  ...wrong("dunning", 1, [], { fly: 1 }, { at_end: "forget" }),
  ...wrong("dunning", { retry_days: [3, 1] }, { retry_days: [0] }),
  ...wrong("dunning", { retry_days: Array(15).fill(1) }, { grace_days: -1 }),
  ...wrong("metadata", 1, "x", []),
  ...wrong(
    "targets",
    {},
    [1],
    [{ product_id: 1 }],
    [{ product_id: "prod_no" }]
  ),
  ...wrong("unknown", 1),
]

/** One row for each route of the plugin, by method and path. */
export const ROUTE_TABLE: Record<string, RouteRow> = {
  ...ACCOUNT_SECURITY_ROUTES,
  ...PORTAL_SESSION_ROUTES,
  ...PORTAL_METRICS_ROUTES,
  ...ACCOUNT_ROUTES,
  ...MEMBERSHIP_ROUTES,
  ...SUBSCRIPTION_ACTION_ROUTES,
  ...SUBSCRIPTION_ADMIN_ROUTES,
  ...SUBSCRIPTION_CHANGE_ROUTES,
  "GET /store/portal/payment-methods": {
    actor: "customer",
    wrongQueries: NO_QUERY,
  },
  "POST /store/portal/payment-methods/setup": {
    actor: "customer",
    // It saves nothing, and nothing is written for it.
    body: { provider_id: "pp_system_default" },
    wrongBodies: [
      ...wrong("provider_id", ...NO_TEXT, "", "\0", "__proto__", "pp_no"),
      ...wrong("data", {}, { customer: "cus_1" }),
      ...wrong("customer", "cus_1"),
    ],
  },
  "POST /store/portal/payment-methods/confirm": {
    actor: "customer",
    body: { provider_id: "pp_system_default", payment_method_id: "pm_1" },
    wrongBodies: [
      ...wrong("provider_id", ...NO_TEXT, "", "\0", "constructor"),
      ...wrong("payment_method_id", ...NO_TEXT, "", "\0"),
      ...wrong("setup_id", ...NO_TEXT, "seti_1"),
      ...wrong("set_default", ...NO_FLAG),
      ...wrong("apply_to_subscriptions", ...NO_FLAG),
      ...wrong("customer", "cus_1"),
    ],
  },
  "POST /store/portal/payment-methods/:id/default": {
    actor: "customer",
    body: {},
    wrongBodies: [
      ...wrong("provider_id", ...NO_TEXT, ""),
      ...wrong("apply_to_subscriptions", ...NO_FLAG),
      ...wrong("unknown", 1),
    ],
  },
  "DELETE /store/portal/payment-methods/:id": {
    actor: "customer",
    wrongQueries: ["unknown=1", "replace_with=%00", "replace_with[]=a"],
  },

  "GET /store/portal/subscriptions": {
    actor: "customer",
    wrongQueries: [
      ...PAGE,
      ...ORDER,
      "order=email",
      "status=dead",
      "status=active,dead",
      "status[x]=active",
      "customer_id=cus_1",
    ],
  },
  "GET /store/portal/subscriptions/:id": detail,
  "GET /store/portal/subscriptions/:id/next-charge": detail,
  "GET /store/portal/subscriptions/:id/schedule": schedule,
  "GET /store/portal/subscriptions/:id/cycles": history,
  "GET /store/portal/subscriptions/:id/timeline": history,

  "GET /admin/subscriptions": {
    actor: "admin",
    wrongQueries: [
      ...PAGE,
      ...ORDER,
      ...["customer_id", "plan_id", "product_id", "variant_id"].flatMap(IDS),
      "status=dead",
      "currency_code=euro",
      "next_charge_from=tomorrow",
      "next_charge_from=2030-01-01",
      "next_charge_to=0001-01-01T00:00:00Z",
      "next_charge_to=2030-02-30T00:00:00Z",
      "q=",
      "q=%00",
      "q[]=a&q[]=b",
      `q=${"x".repeat(201)}`,
    ],
  },
  "GET /admin/subscriptions/:id": admin(detail),
  "GET /admin/subscriptions/:id/next-charge": admin(detail),
  "GET /admin/subscriptions/:id/schedule": admin(schedule),
  "GET /admin/subscriptions/:id/cycles": admin(history),
  "GET /admin/subscriptions/:id/timeline": admin(history),
  "POST /admin/subscriptions/:id/renew": {
    actor: "admin",
    id: "own",
    body: { expected_status: "expired" },
    wrongBodies: [
      ...wrong("expected_status", ...NO_TEXT, "", "dead"),
      // The subscription is another: 409.
      ...wrong("expected_status", "canceled"),
      ...wrong("unknown", 1),
    ],
  },
  "POST /admin/subscriptions/schedule-preview": {
    actor: "admin",
    body: {
      anchor: "2030-01-31",
      timezone: "UTC",
      interval: "month",
      interval_count: 1,
      count: 1,
    },
    wrongBodies: [
      ...wrong("anchor", ...NO_TEXT, "", "soon", "2030-02-30", "\0"),
      ...wrong("timezone", ...NO_TEXT, "", "Mars/Base", "\0"),
      ...wrong("interval", ...NO_TEXT, "fortnight"),
      ...wrong("interval_count", ...NO_QUANTITY),
      ...wrong("day_of_month", "1", {}, 0, 32, 1.5),
      ...wrong("count", ...NO_QUANTITY, 1001),
      ...wrong("unknown", 1),
    ],
  },

  "GET /admin/portal/test-clock": { actor: "admin" },
  "POST /admin/portal/test-clock": {
    actor: "admin",
    body: { now: null },
    wrongBodies: [
      ...wrong("now", 1, true, {}, [], "", "soon", "2030-01-01"),
      ...wrong("now", "2030-02-30T00:00:00Z", "0001-01-01T00:00:00Z"),
      ...wrong("unknown", 1),
    ],
  },
  "POST /admin/portal/jobs/:name/run": { ...nothing, pathCode: "job_unknown" },

  "GET /admin/subscription-plans": {
    actor: "admin",
    wrongQueries: [
      ...PAGE,
      ...ORDER,
      ...IDS("product_id"),
      "status=dead",
      "q=%00",
      "handle=%00",
    ],
  },
  "POST /admin/subscription-plans": {
    actor: "admin",
    body: plan,
    wrongBodies: wrongPlans,
  },
  "GET /admin/subscription-plans/:id": { actor: "admin" },
  "POST /admin/subscription-plans/:id": {
    actor: "admin",
    body: {},
    wrongBodies: wrongPlans,
  },
  "DELETE /admin/subscription-plans/:id": { actor: "admin" },
  "POST /admin/subscription-plans/:id/archive": nothing,
  "POST /admin/subscription-plans/:id/activate": nothing,

  "GET /store/products/:id/subscription-plans": {
    actor: "store",
    wrongQueries: [
      "",
      ...[...PAGE, ...IDS("region_id")].map(
        (query) => `region_id=reg_1&${query}`
      ),
      "region_id=reg_unknown&currency_code=euro",
      "region_id=reg_unknown&country_code=germany",
    ],
  },
  "POST /store/carts/:id/subscription-items": {
    actor: "store",
    body: { variant_id: "variant_1", plan_id: "plan_1", quantity: 1 },
    wrongBodies: [
      ...wrong("variant_id", ...NO_TEXT, "", "\0"),
      ...wrong("plan_id", ...NO_TEXT, "", "\0"),
      ...wrong("quantity", ...NO_QUANTITY),
      ...wrong("unit_price", 0),
    ],
  },
  "POST /store/carts/:id/subscription-items/:line_id": {
    actor: "store",
    body: { quantity: 1 },
    wrongBodies: [
      ...wrong("plan_id", ...NO_TEXT, ""),
      ...wrong("quantity", ...NO_QUANTITY),
      ...wrong("unit_price", 0),
    ],
  },
  "DELETE /store/carts/:id/subscription-items/:line_id": { actor: "store" },

  // A signature is all the login that there is: see mails.spec.ts.
  "POST /hooks/portal/resend": { actor: "store" },
  "POST /hooks/portal/stripe/:provider": { actor: "store" },
}

/** Every route that there is a file for: `GET /admin/subscriptions/:id`. */
export function discoverRoutes(): string[] {
  return fs
    .readdirSync(API, { recursive: true })
    .map(String)
    .filter((file) => /(^|[\\/])route\.ts$/.test(file))
    .flatMap((file) => {
      const segments = path.dirname(file).split(path.sep)
      const url = `/${segments.join("/").replace(/\[([^\]]+)\]/g, ":$1")}`
      const source = fs.readFileSync(path.join(API, file), "utf8")
      const methods = source.matchAll(
        /export (?:const|async function|function) (GET|POST|PUT|PATCH|DELETE)\b/g
      )
      return [...methods].map(([, method]) => `${method} ${url}`)
    })
    .sort()
}
