import { NO_QUERY, NO_TEXT, PAGE, wrong, type RouteRow } from "./route-values"

const token = wrong("token", ...NO_TEXT, "", "x".repeat(1001))
const unknown = wrong("unknown", 1)

/** Rows of the routes that open, list and end portal sessions. */
export const PORTAL_SESSION_ROUTES: Record<string, RouteRow> = {
  "POST /admin/portal/sessions": {
    actor: "admin",
    body: { customer_id: "cus_unknown" },
    wrongBodies: [
      ...wrong("customer_id", ...NO_TEXT, "", "\0", "a b"),
      ...wrong("tenant_id", ...NO_TEXT, "no tenant"),
      ...wrong(
        "flow",
        1,
        {},
        { type: "fly" },
        { type: "order", data: { x: 1 } }
      ),
      ...wrong("scopes", "orders:r", ["*"], ["security:w"], [], {}),
      ...wrong("return_url", ...NO_TEXT, "x".repeat(2001)),
      ...wrong("redeem_ttl", "60", 59, 86_401, 60.5, {}),
      ...wrong("session_ttl", "60", 59, 86_401, 60.5, {}),
      ...wrong("locale", ...NO_TEXT, "", "no locale"),
      ...wrong("after_completion", 1, {}, { type: "explode" }),
      ...wrong("after_expiration", 1, {}, { recover_seconds: -1 }),
      ...wrong("delivery", ...NO_TEXT, "pigeon"),
      ...wrong("impersonate", "yes", 1),
      ...wrong("reference", ...NO_TEXT, "", "x".repeat(201)),
      ...unknown,
    ],
  },
  "GET /admin/portal/sessions": {
    actor: "admin",
    wrongQueries: [
      ...PAGE,
      "customer_id=%00",
      "tenant_id=a%20b",
      "status=alive",
      "status[x]=active",
    ],
  },
  "GET /admin/portal/sessions/:id": { actor: "admin", wrongQueries: NO_QUERY },
  "POST /admin/portal/sessions/:id/revoke": {
    actor: "admin",
    body: {},
    wrongBodies: [
      ...wrong("reason", ...NO_TEXT, "", "x".repeat(101)),
      ...unknown,
    ],
  },
  "POST /admin/portal/customers/:id/revoke-sessions": {
    actor: "admin",
    body: {},
    wrongBodies: [
      ...wrong("reason", ...NO_TEXT, "", "x".repeat(101)),
      ...unknown,
    ],
  },

  "POST /store/portal/login-requests": {
    actor: "store",
    body: { email: "somebody@shop.test" },
    wrongBodies: [
      ...wrong("email", ...NO_TEXT, "", "a@b@c", "x", "a@x.io\r\nBcc: b@x.io"),
      ...wrong("return_url", ...NO_TEXT, "https://evil.test", "//"),
      ...wrong("locale", ...NO_TEXT, "", "no locale"),
      ...unknown,
    ],
  },
  "POST /store/portal/login-requests/:id/verify": {
    actor: "store",
    body: { code: "00000000" },
    wrongBodies: [...wrong("code", ...NO_TEXT, "", "x".repeat(41)), ...unknown],
  },
  "POST /store/portal/sessions/preview": {
    actor: "store",
    body: { token: "ppl_1.m.x.x" },
    wrongBodies: [...token, ...unknown],
  },
  "POST /store/portal/sessions/exchange": {
    actor: "store",
    body: { token: "ppl_1.m.x.x" },
    wrongBodies: [...token, ...wrong("nonce", ...NO_TEXT, "short"), ...unknown],
  },
  "POST /store/portal/sessions/recover": {
    actor: "store",
    body: { token: "ppl_1.m.x.x" },
    wrongBodies: [...token, ...unknown],
  },
  "POST /store/portal/sessions/from-customer": {
    actor: "customer",
    body: {},
    wrongBodies: [{ unknown: 1 }, { customer_id: "cus_1" }],
  },
  "GET /store/portal/session": { actor: "customer", wrongQueries: NO_QUERY },
  "DELETE /store/portal/session": { actor: "customer" },
  "POST /store/portal/session/mfa": {
    actor: "customer",
    body: { code: "000000" },
    wrongBodies: [
      ...wrong("code", ...NO_TEXT, "", "x".repeat(65)),
      ...wrong("method", ...NO_TEXT, "smoke"),
      ...unknown,
    ],
  },
  "POST /store/portal/session/step-up": {
    actor: "customer",
    body: { password: "not a portal session" },
    wrongBodies: [
      ...wrong("password", ...NO_TEXT, "", "x".repeat(257)),
      ...unknown,
    ],
  },
  "GET /store/portal/security/sessions": {
    actor: "customer",
    wrongQueries: NO_QUERY,
  },
  "DELETE /store/portal/security/sessions": { actor: "customer" },
  "DELETE /store/portal/security/sessions/:id": { actor: "customer" },

  // The page of a link, and what it needs before anybody has signed in.
  "GET /portal/access": { actor: "store" },
  "GET /portal/config": { actor: "store" },
}
