import { NO_FLAG, NO_QUERY, NO_TEXT, PAGE, wrong } from "./route-values"
import type { RouteRow } from "./route-values"

const unknown = wrong("unknown", 1)
const NO_TEXT_BUT_NULL = NO_TEXT.filter((value) => value !== null)
const wrongAddress = [
  ...wrong("city", ...NO_TEXT_BUT_NULL, "", "\0", "x".repeat(101)),
  ...wrong("country_code", ...NO_TEXT_BUT_NULL, "", "DEU", "d1"),
  ...wrong("postal_code", ...NO_TEXT_BUT_NULL, "x".repeat(21)),
  ...wrong("is_default_shipping", ...NO_FLAG),
  ...wrong("is_default_billing", ...NO_FLAG),
  ...wrong("metadata", {}, { a: 1 }),
  ...wrong("customer_id", "cus_1"),
  ...unknown,
]
const read: RouteRow = { actor: "customer", wrongQueries: NO_QUERY }
const role = wrong("role", ...NO_TEXT, "", "admin", "constructor")

/** Rows of profile, addresses, preferences, export, overview and members. */
export const ACCOUNT_ROUTES: Record<string, RouteRow> = {
  "GET /store/portal/overview": read,
  "GET /store/portal/data-export": read,
  "GET /store/portal/profile": read,
  "POST /store/portal/profile": {
    actor: "customer",
    body: {},
    wrongBodies: [
      ...wrong("first_name", ...NO_TEXT_BUT_NULL, "", "\0", "x".repeat(101)),
      ...wrong("phone", ...NO_TEXT_BUT_NULL, "x".repeat(51)),
      ...wrong("locale", ...NO_TEXT_BUT_NULL, "", "no locale", "<b>"),
      ...wrong("email", "other@shop.test"),
      ...wrong("metadata", {}, { a: 1 }),
      ...wrong("has_account", true),
      ...unknown,
    ],
  },
  "GET /store/portal/addresses": read,
  "POST /store/portal/addresses": {
    actor: "customer",
    // No field must be there, and each that is there is checked.
    body: {},
    wrongBodies: wrongAddress,
  },
  "GET /store/portal/addresses/:id": read,
  "POST /store/portal/addresses/:id": {
    actor: "customer",
    body: {},
    wrongBodies: wrongAddress,
  },
  "DELETE /store/portal/addresses/:id": { actor: "customer" },
  "GET /store/portal/communication-preferences": read,
  "POST /store/portal/communication-preferences": {
    actor: "customer",
    body: {},
    wrongBodies: [
      ...wrong("locale", ...NO_TEXT_BUT_NULL, "", "no locale"),
      ...wrong("categories", 1, [], { fly: true }, { marketing: "yes" }),
      ...wrong("categories", { security: false }, { payments: false }),
      ...unknown,
    ],
  },
  "GET /store/portal/members": { actor: "customer", wrongQueries: PAGE },
  "POST /store/portal/members": {
    actor: "customer",
    body: { email: "invited@shop.test", role: "viewer" },
    wrongBodies: [
      ...wrong("email", ...NO_TEXT, "", "x", "a@b@c", "a@x.io\r\nBcc: b@x.io"),
      ...role,
      ...unknown,
    ],
  },
  "POST /store/portal/members/:id": {
    actor: "customer",
    body: { role: "viewer" },
    wrongBodies: [...role, ...unknown],
  },
  "DELETE /store/portal/members/:id": { actor: "customer" },
  "POST /store/portal/members/:id/resend": {
    actor: "customer",
    body: {},
    wrongBodies: unknown,
  },
  "POST /store/portal/members/accept": {
    actor: "customer",
    body: { token: "pmi_unknown" },
    wrongBodies: [
      ...wrong("token", ...NO_TEXT, "", "x".repeat(201)),
      ...unknown,
    ],
  },
  "GET /store/portal/accounts": read,
  "DELETE /store/portal/accounts/:id": { actor: "customer" },
  "POST /store/portal/accounts/:id/session": {
    actor: "customer",
    body: {},
    wrongBodies: unknown,
  },
}
