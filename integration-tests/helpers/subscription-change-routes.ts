import {
  NO_QUANTITY,
  NO_TEXT,
  wrong,
  type RouteRow,
  type Values,
} from "./route-values"

/** Refused for its status, so that a walk over all routes changes nothing. */
const expected_status = "expired"

const common: Values[] = [
  ...wrong("expected_status", ...NO_TEXT, "", "dead"),
  ...wrong("proration", ...NO_TEXT, "", "half"),
  ...wrong("at", ...NO_TEXT, "", "yesterday", "2030-01-01"),
  ...wrong("unknown", 1),
]

const total: Values[] = wrong("expected_total", "1", {}, [], -1, 1e300)

const change: RouteRow = {
  actor: "customer",
  id: "own",
  body: { expected_status, plan_id: "no_such_plan" },
  wrongBodies: [
    ...common,
    ...wrong("plan_id", ...NO_TEXT, "", "\0"),
    ...wrong("when", ...NO_TEXT, "", "later"),
    ...wrong("items", 1, "x", {}, [], null, [1], [{}], [{ quantity: 1 }]),
    ...NO_QUANTITY.filter((quantity) => quantity !== 0).flatMap((quantity) =>
      wrong("items", [{ variant_id: "variant_1", quantity }])
    ),
    ...wrong(
      "items",
      [{ id: "subi_1", quantity: 0 }],
      [{ id: "\0", quantity: 1 }],
      [{ variant_id: "no_such_variant", quantity: 1 }],
      [{ id: "subi_1", quantity: 1, price: 1 }],
      Array.from({ length: 101 }, () => ({ id: "subi_1", quantity: 1 }))
    ),
    ...wrong("expected_status", "canceled"),
  ],
}

const billingDay: RouteRow = {
  actor: "customer",
  id: "own",
  body: { expected_status, day_of_month: 5 },
  wrongBodies: [
    ...common,
    ...wrong("day_of_month", ...NO_QUANTITY, 32),
    { weekday: 8 },
    { weekday: 1, day_of_month: 5 },
    ...wrong("expected_status", "canceled"),
  ],
}

const ROWS: Record<string, RouteRow> = {
  "POST :id/change/preview": change,
  "POST :id/change": {
    ...change,
    wrongBodies: [...(change.wrongBodies ?? []), ...total],
  },
  "DELETE :id/change": { actor: "customer" },
  "POST :id/billing-day/preview": billingDay,
  "POST :id/billing-day": {
    ...billingDay,
    wrongBodies: [...(billingDay.wrongBodies ?? []), ...total],
  },
}

const prefixed = (root: string, actor: RouteRow["actor"]) =>
  Object.fromEntries(
    Object.entries(ROWS).map(([name, row]) => [
      name.replace(" ", ` ${root}/`),
      { ...row, actor },
    ])
  )

/** What changes a subscription and may cost something. */
export const SUBSCRIPTION_CHANGE_ROUTES: Record<string, RouteRow> = {
  ...prefixed("/store/portal/subscriptions", "customer"),
  ...prefixed("/admin/subscriptions", "admin"),
}
