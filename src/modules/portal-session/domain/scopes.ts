import {
  PORTAL_SCOPES,
  type MemberRole,
  type PortalScope,
} from "../../../types/portal-session"

/** What a link may carry: everything but what needs a step-up. */
export const LINK_SCOPES: readonly PortalScope[] = PORTAL_SCOPES.filter(
  (scope) => scope !== "security:w"
)

/** What somebody who only looks may do. */
export const READ_SCOPES: readonly PortalScope[] = PORTAL_SCOPES.filter(
  (scope) => scope.endsWith(":r")
)

const BILLING: readonly string[] = [
  "subscriptions",
  "payment_methods",
  "invoices",
]
const OWN: readonly string[] = ["licenses", "tickets", "wishlist"]

/**
 * What a role may do in the account that it belongs to.
 *
 * @example
 * scopesOfRole("viewer").includes("subscriptions:w") // false
 */
export function scopesOfRole(role: MemberRole): readonly PortalScope[] {
  switch (role) {
    case "owner":
      return LINK_SCOPES
    case "billing_manager":
      return LINK_SCOPES.filter(
        (scope) =>
          BILLING.includes(areaOf(scope)) ||
          scope === "orders:r" ||
          scope === "profile:r"
      )
    case "member":
      return LINK_SCOPES.filter(
        (scope) =>
          OWN.includes(areaOf(scope)) ||
          ["orders:r", "downloads:r", "profile:r"].includes(scope)
      )
    case "viewer":
      return READ_SCOPES.filter((scope) => scope !== "security:r")
  }
}

/**
 * Whether granted scopes cover a needed one: who may write may read.
 *
 * @example
 * covers(["orders:r"], "orders:r") // true
 * covers(["subscriptions:w"], "subscriptions:r") // true
 */
export function covers(
  granted: readonly PortalScope[],
  needed: PortalScope
): boolean {
  return (
    granted.includes(needed) ||
    (needed.endsWith(":r") &&
      granted.some((scope) => scope === `${areaOf(needed)}:w`))
  )
}

function areaOf(scope: PortalScope): string {
  return scope.slice(0, -2)
}
