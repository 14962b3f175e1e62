import { NO_QUERY, wrong, type RouteRow } from "./route-values"

/** Wrong values of the fields of a plan that are about memberships. */
export const WRONG_MEMBERSHIPS = [
  ...wrong("prepaid_cycles", "3", {}, 0, 1, -2, 2.5, 53),
  ...wrong("prepaid_renews", "yes", 1, null),
  ...wrong("customer_group_id", 1, {}, "", "\0", "cusgroup_no"),
  ...wrong("entitlements", 1, "courses", {}, [1], [{}], [{ key: 1 }]),
  ...wrong(
    "entitlements",
    [{ key: "" }],
    [{ key: "No key" }],
    [{ key: "a\0" }],
    [{ key: "x".repeat(65) }],
    [{ key: "a" }, { key: "a" }],
    [{ key: "a", fly: 1 }]
  ),
  ...wrong(
    "entitlements",
    [{ key: "a", name: 1 }],
    [{ key: "a", name: "" }],
    [{ key: "a", value: "\0" }],
    [{ key: "a", value: "x".repeat(1_001) }],
    Array.from({ length: 51 }, (_, index) => ({ key: `key-${index}` }))
  ),
]

/** Rows of what subscriptions give besides deliveries. */
export const MEMBERSHIP_ROUTES: Record<string, RouteRow> = {
  "GET /store/portal/entitlements": {
    actor: "customer",
    wrongQueries: [...NO_QUERY, "customer_id=cus_1"],
  },
  "GET /admin/customers/:id/entitlements": {
    actor: "admin",
    wrongQueries: [...NO_QUERY, "customer_id=cus_1"],
  },
}
