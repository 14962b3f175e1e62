import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../errors/error-handler"
import { portalError } from "../../errors/portal-error"
import type { EntitlementView } from "../../types/memberships-http"
import {
  listCustomerEntitlements,
  listOpeningPlans,
} from "../../workflows/memberships/list-entitlements"
import { scopeOf } from "../../workflows/subscription-reads/reader"
import { permit } from "./permit"
import { identify } from "./portal-guard"
import { tenantOfRequest } from "./tenant-of-request"

/** A request behind {@link requireEntitlement}. */
export type EntitledRequest = MedusaRequest & {
  entitled: {
    customer_id: string
    /** The one that opened the route; of several, what lasts longest. */
    entitlement: EntitlementView<Date>
  }
}

/** Any portal session may show what its account may use, one of a single task not. */
const RULE = { rule: { needs: "profile:r" as const }, id: null }

/**
 * A middleware for a merchant's own routes: only customers whose subscription gives
 * the entitlement pass. They show a login of Medusa's (token or cookie) or a portal
 * session. What the customer may use is on the request as `entitled`.
 *
 * Whoever is not signed in gets 401. Whoever lacks the entitlement gets 403
 * `membership_required`, with the plans on offer that would open the route in
 * `details.plans`. Where the portal serves several tenants, put the route below
 * `/store`, so that the publishable key says which.
 *
 * @param key - the entitlement's key, as the plan has it
 *
 * @example
 * // src/api/middlewares.ts
 * export default defineMiddlewares({
 *   routes: [
 *     { matcher: "/store/courses*", middlewares: [requireEntitlement("courses")] },
 *   ],
 * })
 */
export function requireEntitlement(
  key: string
): (
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
) => Promise<void> {
  return withPortalErrors(async function requireEntitlement(
    req: MedusaRequest,
    res: MedusaResponse,
    next: MedusaNextFunction
  ) {
    // What follows is this customer's alone.
    res.setHeader("Cache-Control", "no-store")
    const portal = await identify(req, tenantOfRequest(req))
    await permit(req, portal, RULE)
    const [entitlement] = await listCustomerEntitlements(
      req.scope,
      scopeOf(portal),
      key
    )
    if (!entitlement) {
      throw portalError("membership_required", {
        details: {
          entitlement: key,
          plans: await listOpeningPlans(req.scope, key),
        },
      })
    }
    const { customer_id } = portal
    Object.assign(req, { entitled: { customer_id, entitlement } })
    next()
  })
}
