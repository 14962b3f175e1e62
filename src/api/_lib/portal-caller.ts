import { portalError } from "../../errors/portal-error"
import type { Inviter } from "../../workflows/members/invite-member"
import type { Person } from "../../workflows/members/memberships"
import type { PortalContext } from "./portal-guard"

/** Whose data a request is about, and of which tenant. */
export function keyOf({ customer_id, tenant }: PortalContext): {
  customer_id: string
  tenant_id: string
} {
  return { customer_id, tenant_id: tenant.id }
}

/** Who acts in an account: its customer, or a member. */
export function inviterOf(portal: PortalContext): Inviter {
  const { tenant, customer_id, customer, session } = portal
  return {
    tenant,
    customer_id,
    email: customer.email,
    has_account: customer.has_account,
    member_id: session?.member_id ?? null,
    session_id: session?.id ?? null,
  }
}

/**
 * The caller as themselves. Who acts in somebody else's account, as a member or as
 * an admin, is not that person.
 *
 * @throws `portal_scope_missing` (403)
 */
export function personOf(portal: PortalContext): Person {
  const { tenant, customer_id, customer, session } = portal
  if (session?.member_id || session?.impersonator_id) {
    throw portalError("portal_scope_missing")
  }
  return { tenant, customer_id, email: customer.email }
}
