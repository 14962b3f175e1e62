import {
  NO_QUANTITY,
  NO_QUERY,
  NO_TEXT,
  wrong,
  type RouteRow,
} from "./route-values"

/** Refused for its status, so that a walk over all routes changes nothing. */
const body = { expected_status: "expired" }

const wrongStatus = [
  ...wrong("expected_status", ...NO_TEXT, "", "dead"),
  // The subscription is another: 409.
  ...wrong("expected_status", "canceled"),
  ...wrong("unknown", 1),
]

const action = (...more: RouteRow["wrongBodies"] & object): RouteRow => ({
  actor: "customer",
  id: "own",
  body,
  wrongBodies: [...wrongStatus, ...more],
})

const shipping_address = {
  address_1: "Hafenstr. 1",
  city: "Hamburg",
  country_code: "de",
}
const address: RouteRow = {
  actor: "customer",
  id: "own",
  body: { shipping_address },
  wrongBodies: [
    ...wrong("shipping_address", ...NO_TEXT, "x", {
      ...shipping_address,
      country_code: "Germany",
    }),
    ...wrong(
      "shipping_address",
      { ...shipping_address, city: "" },
      { ...shipping_address, address_1: "\0" },
      { ...shipping_address, metadata: {} },
      // No region of the store has it.
      { ...shipping_address, country_code: "aq" }
    ),
    ...wrong("unknown", 1),
  ],
}

const addOnce = {
  ...action(
    ...wrong("variant_id", ...NO_TEXT, "", "\0", "variant_none"),
    ...wrong("quantity", ...NO_QUANTITY, 10_001),
    ...wrong("expected_total", "1", {}, [], -1, 1e300)
  ),
  body: { ...body, variant_id: "variant_none" },
}

const ACTIONS: Record<string, RouteRow> = {
  pause: action(
    ...wrong("cycles", ...NO_QUANTITY),
    ...wrong(
      "until",
      ...NO_TEXT,
      "",
      "tomorrow",
      "2030-01-01",
      "9999-12-31T23:59:59Z"
    ),
    { cycles: 1, until: "2030-01-01T00:00:00Z" }
  ),
  resume: action(...wrong("charge", ...NO_TEXT, "", "later")),
  skip: action(...wrong("cycles", ...NO_QUANTITY)),
  unskip: action(),
  reschedule: {
    ...action(
      ...wrong("date", ...NO_TEXT, "", "soon", "2030-02-30", "\0", "2099-01-01")
    ),
    body: { ...body, date: "2030-01-01" },
  },
  cancel: action(
    ...wrong("when", ...NO_TEXT, "", "later"),
    ...wrong("reason_code", ...NO_TEXT, "", "bored"),
    ...wrong("comment", ...NO_TEXT, "", "\0", "x".repeat(2_001)),
    ...wrong("offer_declined", ...NO_TEXT, "", "\0")
  ),
  reactivate: action(),
  "add-once": addOnce,
  address: { ...address, body: { ...body, ...address.body } },
  "payment-method": {
    ...action(
      ...wrong("payment_method_id", ...NO_TEXT, "", "\0", "pm_none"),
      ...wrong("provider_id", ...NO_TEXT, "", "\0", "pp_none")
    ),
    body: {
      ...body,
      payment_method_id: "pm_none",
      provider_id: "pp_system_default",
    },
  },
}

const chargeNow = action(...wrong("expected_total", "1", {}, [], -1, 1e300))

const preview: RouteRow = {
  ...action(
    ...wrong("action", ...NO_TEXT, "", "fly"),
    { action: "pause", cycles: 1, until: "2030-01-01T00:00:00Z" },
    { action: "skip", cycles: 0 },
    { action: "reschedule" },
    { action: "reschedule", date: "soon" },
    { action: "cancel", when: "later" },
    { action: "resume", charge: "later" },
    { action: "unskip", cycles: 1 }
  ),
  body: { ...body, action: "pause" },
}

const prefixed = (
  root: string,
  rows: Record<string, RouteRow>,
  actor: RouteRow["actor"]
) =>
  Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [
      `POST ${root}/:id/${name}`,
      { ...row, actor },
    ])
  )

/** What customers and staff do with a subscription. */
export const SUBSCRIPTION_ACTION_ROUTES: Record<string, RouteRow> = {
  ...prefixed(
    "/store/portal/subscriptions",
    {
      ...ACTIONS,
      "order-now": chargeNow,
      "retry-payment": chargeNow,
      "accept-offer": {
        ...action(...wrong("offer_id", ...NO_TEXT, "", "\0", "no_such")),
        body: { ...body, offer_id: "no_such" },
      },
    },
    "customer"
  ),
  "POST /store/portal/subscriptions/:id/address/preview": address,
  "POST /store/portal/subscriptions/:id/resubscribe": chargeNow,
  "POST /admin/subscriptions/:id/resubscribe": { ...chargeNow, actor: "admin" },
  "POST /store/portal/subscriptions/:id/resubscribe/preview": {
    actor: "customer",
    id: "own",
    // It has not ended.
    body: {},
    wrongBodies: [{}, { unknown: 1 }],
  },
  "POST /store/portal/subscriptions/:id/add-once/preview": {
    ...addOnce,
    body: { variant_id: "variant_none" },
    wrongBodies: [
      ...wrong("variant_id", ...NO_TEXT, "", "\0", "variant_none"),
      ...wrong("quantity", ...NO_QUANTITY, 10_001),
      ...wrong("unknown", 1),
    ],
  },
  "DELETE /store/portal/subscriptions/:id/add-once/:line_id": {
    actor: "customer",
  },
  "DELETE /admin/subscriptions/:id/add-once/:line_id": { actor: "admin" },
  "GET /store/portal/subscriptions/:id/usage": {
    actor: "customer",
    id: "own",
    wrongQueries: NO_QUERY,
  },
  "GET /admin/subscriptions/:id/usage": {
    actor: "admin",
    id: "own",
    wrongQueries: NO_QUERY,
  },
  "POST /admin/subscriptions/:id/usage": {
    actor: "admin",
    id: "own",
    // The plan has no such meter.
    body: { meter: "calls", quantity: 1, idempotency_key: "a" },
    wrongBodies: [
      ...wrong("meter", ...NO_TEXT, "", "\0"),
      ...wrong("quantity", ...NO_QUANTITY, 1_000_000_001),
      ...wrong("idempotency_key", ...NO_TEXT, "", "\0"),
      ...wrong("occurred_at", ...NO_TEXT, "", "soon"),
      ...wrong("unknown", 1),
    ],
  },
  "GET /store/portal/subscriptions/:id/cancellation": {
    actor: "customer",
    id: "own",
    wrongQueries: NO_QUERY,
  },
  ...prefixed(
    "/admin/subscriptions",
    {
      ...ACTIONS,
      unpark: action(),
      preview,
      "mark-paid": action(
        ...wrong("cycle_id", ...NO_TEXT, "", "\0"),
        ...wrong("note", ...NO_TEXT, "", "\0", "x".repeat(501))
      ),
    },
    "admin"
  ),
}
