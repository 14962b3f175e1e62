import { IDS, NO_TEXT, NO_QUANTITY, wrong, type RouteRow } from "./route-values"

const manual = {
  customer_id: "cus_no",
  plan_id: "plan_no",
  region_id: "reg_no",
  items: [{ variant_id: "variant_no", quantity: 1 }],
}
const address = {
  address_1: "Hafenstr. 1",
  city: "Hamburg",
  country_code: "de",
}

/** What staff do with many subscriptions at once, or with none yet. */
export const SUBSCRIPTION_ADMIN_ROUTES: Record<string, RouteRow> = {
  "GET /admin/subscriptions/metrics": {
    actor: "admin",
    wrongQueries: [
      "from=2030-02-30",
      "from=2030-01-01T00:00:00Z",
      "from=2030-02-01&to=2030-01-31",
      "from=2030-01-01&to=2031-02-05",
      "from=1000-01-01&to=1000-01-02",
      "to=9999-12-31",
      "to[]=2030-01-01&to[]=2030-01-02",
      "days=0",
      "days=401",
      "days=x",
      "currency_code=euro",
      "currency_code=%00",
      "unknown=1",
    ],
  },
  "GET /admin/subscriptions/export": {
    actor: "admin",
    wrongQueries: [
      ...["customer_id", "plan_id", "product_id", "variant_id"].flatMap(IDS),
      "status=dead",
      "limit=1",
      "order=email",
      "next_charge_from=tomorrow",
      "q=%00",
      "q=",
    ],
  },
  "POST /admin/subscriptions/bulk": {
    actor: "admin",
    // There is none of this id: refused, each by itself.
    body: { action: "pause", ids: ["sub_no"] },
    wrongBodies: [
      ...wrong("action", ...NO_TEXT, "", "resume"),
      ...wrong("ids", {}, "sub_1", [], [1], ["\0"], ["sub_1", "sub_1"]),
      ...wrong(
        "ids",
        Array.from({ length: 101 }, (_, n) => `sub_${n}`)
      ),
      ...wrong("cycles", ...NO_QUANTITY),
      ...wrong("until", "tomorrow", "9999-12-31T23:59:59Z"),
      ...wrong("when", "now"),
      ...wrong("expected_status", "active"),
      { action: "cancel", ids: ["sub_no"], when: "later" },
      { action: "cancel", ids: ["sub_no"], cycles: 1 },
    ],
  },
  "POST /admin/subscriptions": {
    actor: "admin",
    body: manual,
    wrongBodies: [
      ...["customer_id", "plan_id", "region_id"].flatMap((name) =>
        wrong(name, ...NO_TEXT, "", "\0", "constructor")
      ),
      ...wrong("items", {}, [], [1], [{ variant_id: "v" }]),
      ...wrong(
        "items",
        ...[0, -1, 1.5, "1", 1e300].map((quantity) => [
          { variant_id: "variant_no", quantity },
        ]),
        [{ variant_id: "variant_no", quantity: 1, unit_price: -1 }]
      ),
      ...wrong("first_charge_at", "soon", "2030-01-01", 1),
      ...wrong("started_at", "soon", "0001-01-01T00:00:00Z"),
      ...wrong("shipping_address", "x", {}, { ...address, city: "" }),
      ...wrong("billing_address", { ...address, country_code: "Germany" }),
      ...wrong("payment_method", "pm_1", {}, { provider_id: "\0" }),
      ...wrong("payment_method", { provider_id: "pp_no" }),
      ...wrong("locale", 1, "", "Deutsch, bitte"),
      ...wrong("metadata", 1, "x", []),
      ...wrong("idempotency_key", 1, "", "\0", "x".repeat(101)),
      ...wrong("status", "active"),
    ],
  },
}
