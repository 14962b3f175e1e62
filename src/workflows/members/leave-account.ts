import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { portalSessions } from "../portal-sessions/services"
import type { Person } from "./memberships"

/**
 * Ends the caller's own membership of an account, whatever the role: nobody has
 * to ask an owner to get out. What they have open there ends with it.
 *
 * @throws `not_found` for an account that the caller is no member of. That is also
 * the account's own customer, who is its owner without a membership.
 */
export async function leaveAccount(
  container: MedusaContainer,
  { tenant, customer_id }: Person,
  account_id: string
): Promise<void> {
  const sessions = portalSessions(container)
  const account = { tenant_id: tenant.id, account_customer_id: account_id }
  const member = await sessions.findMembership({
    ...account,
    member_customer_id: customer_id,
  })
  const left =
    member && (await sessions.removeMember({ ...account, id: member.id }))
  if (!left) {
    throw portalError("not_found")
  }
  await sessions.recordEvent({
    type: "member_removed",
    tenant_id: tenant.id,
    customer_id: account_id,
    actor_id: left.id,
    data: { member_id: left.id },
  })
}
