import { NO_QUERY, NO_TEXT, wrong, type RouteRow } from "./route-values"

const ROOT = "/store/portal/security"
const unknown = wrong("unknown", 1)
const password = (field: string) =>
  wrong(field, ...NO_TEXT, "", "x".repeat(1025))
const code = wrong("code", ...NO_TEXT, "", "x".repeat(65))

/** Rows of the routes around password, address and second factor. */
export const ACCOUNT_SECURITY_ROUTES: Record<string, RouteRow> = {
  [`GET ${ROOT}`]: { actor: "customer", wrongQueries: NO_QUERY },
  [`POST ${ROOT}/password`]: {
    actor: "customer",
    body: { current_password: "not it", new_password: "a good password" },
    wrongBodies: [
      ...password("current_password"),
      ...password("new_password"),
      ...unknown,
    ],
  },
  [`POST ${ROOT}/account`]: {
    actor: "customer",
    body: { password: "a good password" },
    wrongBodies: [...password("password"), ...unknown],
  },
  [`POST ${ROOT}/email-change`]: {
    actor: "customer",
    body: { email: "somewhere.else@shop.test" },
    wrongBodies: [
      ...wrong("email", ...NO_TEXT, "", "x", "a@b.test, c@d.test"),
      ...wrong("current_password", ...NO_TEXT, ""),
      ...unknown,
    ],
  },
  [`POST ${ROOT}/email-change/confirm`]: {
    actor: "customer",
    body: { side: "old", code: "00000000" },
    wrongBodies: [
      ...wrong("side", ...NO_TEXT, "both", "__proto__"),
      ...code,
      ...unknown,
    ],
  },
  [`POST ${ROOT}/mfa/enroll`]: {
    actor: "customer",
    body: {},
    wrongBodies: unknown,
  },
  [`POST ${ROOT}/mfa/verify`]: {
    actor: "customer",
    body: { factor_id: "authmfa_none", code: "000000" },
    wrongBodies: [...wrong("factor_id", ...NO_TEXT, "", "a b"), ...code],
  },
  [`POST ${ROOT}/mfa/recovery-codes`]: {
    actor: "customer",
    body: {},
    wrongBodies: unknown,
  },
  [`DELETE ${ROOT}/mfa/factors/:id`]: { actor: "customer" },
}
