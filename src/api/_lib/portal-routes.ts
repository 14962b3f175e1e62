import type { FlowObject, PortalScope } from "../../types/portal-session"
import { SUBSCRIPTION_ROUTES } from "./portal-subscription-routes"

/** Who may call a route below `/store/portal`. */
export type PortalRouteRule = {
  /**
   * What a portal session must be allowed. `public`: no credential at all.
   * `session`: any session, also one whose second factor is still missing.
   */
  needs: PortalScope | "public" | "session"
  /**
   * Kind of the object whose id is the path's `:id`. A session of a flow about an
   * object reaches only routes that name this kind, with this id.
   */
  object?: FlowObject
}

/**
 * Every route below `/store/portal`, by method and path. A route that is missing
 * here is closed to everybody: whoever adds one must say who may call it.
 */
export const PORTAL_ROUTES: Record<string, PortalRouteRule> = {
  "POST /store/portal/login-requests": { needs: "public" },
  "POST /store/portal/login-requests/:id/verify": { needs: "public" },
  "POST /store/portal/sessions/preview": { needs: "public" },
  "POST /store/portal/sessions/exchange": { needs: "public" },
  "POST /store/portal/sessions/recover": { needs: "public" },
  "POST /store/portal/sessions/from-customer": { needs: "profile:r" },
  "GET /store/portal/session": { needs: "session" },
  "DELETE /store/portal/session": { needs: "session" },
  "POST /store/portal/session/mfa": { needs: "session" },
  "POST /store/portal/session/step-up": { needs: "security:r" },
  "POST /store/portal/session/complete": { needs: "session" },
  "GET /store/portal/security": { needs: "security:r" },
  "POST /store/portal/security/password": { needs: "security:w" },
  // Its own proof is the mailbox, which a guest has instead of a password.
  "POST /store/portal/security/account": { needs: "security:r" },
  "POST /store/portal/security/email-change": { needs: "security:w" },
  "POST /store/portal/security/email-change/confirm": { needs: "security:r" },
  "POST /store/portal/security/mfa/enroll": { needs: "security:w" },
  "POST /store/portal/security/mfa/verify": { needs: "security:w" },
  "POST /store/portal/security/mfa/recovery-codes": { needs: "security:w" },
  "DELETE /store/portal/security/mfa/factors/:id": { needs: "security:w" },
  "GET /store/portal/security/sessions": { needs: "security:r" },
  "DELETE /store/portal/security/sessions": { needs: "security:r" },
  "DELETE /store/portal/security/sessions/:id": { needs: "security:r" },

  "GET /store/portal/overview": { needs: "profile:r" },
  // What an account may use is for everybody who acts in it.
  "GET /store/portal/entitlements": { needs: "profile:r" },
  "GET /store/portal/profile": { needs: "profile:r" },
  "POST /store/portal/profile": { needs: "profile:w" },
  "GET /store/portal/addresses": { needs: "profile:r" },
  "POST /store/portal/addresses": { needs: "profile:w" },
  "GET /store/portal/addresses/:id": { needs: "profile:r" },
  "POST /store/portal/addresses/:id": { needs: "profile:w" },
  "DELETE /store/portal/addresses/:id": { needs: "profile:w" },
  "GET /store/portal/communication-preferences": { needs: "profile:r" },
  "POST /store/portal/communication-preferences": { needs: "profile:w" },
  // All there is about a person, so a link that was passed on is not enough.
  "GET /store/portal/data-export": { needs: "security:w" },
  "GET /store/portal/members": { needs: "members:r" },
  "POST /store/portal/members": { needs: "members:w" },
  "POST /store/portal/members/accept": { needs: "profile:w" },
  "POST /store/portal/members/:id": { needs: "members:w" },
  "DELETE /store/portal/members/:id": { needs: "members:w" },
  "POST /store/portal/members/:id/resend": { needs: "members:w" },
  "GET /store/portal/accounts": { needs: "profile:r" },
  "DELETE /store/portal/accounts/:id": { needs: "profile:w" },
  "POST /store/portal/accounts/:id/session": { needs: "profile:r" },

  "GET /store/portal/payment-methods": { needs: "payment_methods:r" },
  "POST /store/portal/payment-methods/setup": { needs: "payment_methods:w" },
  "POST /store/portal/payment-methods/confirm": { needs: "payment_methods:w" },
  "POST /store/portal/payment-methods/:id/default": {
    needs: "payment_methods:w",
  },
  "DELETE /store/portal/payment-methods/:id": { needs: "payment_methods:w" },

  ...SUBSCRIPTION_ROUTES,
}

const COMPILED: { pattern: RegExp; rule: PortalRouteRule }[] = Object.entries(
  PORTAL_ROUTES
)
  // "…/sessions" before "…/:id": what is literal wins, as in Express's order.
  .sort(([a], [b]) => a.split("/:").length - b.split("/:").length)
  .map(([route, rule]) => ({
    pattern: new RegExp(`^${route.replace(/:\w+/g, "([^/]+)")}/?$`),
    rule,
  }))

/**
 * The rule of a request, and the id in its path.
 *
 * @returns null for a route that has none
 */
export function ruleOf(
  method: string,
  path: string
): { rule: PortalRouteRule; id: string | null } | null {
  const verb = method === "HEAD" ? "GET" : method
  for (const { pattern, rule } of COMPILED) {
    const match = pattern.exec(`${verb} ${path}`)
    if (match) {
      return { rule, id: match[1] ?? null }
    }
  }
  return null
}
