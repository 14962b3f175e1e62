import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import type { AccountHolderView, MemberView } from "../../types/account-http"
import type { PortalEventType } from "../../types/portal-admin-http"
import type { MemberRole } from "../../types/portal-session"
import { portalSessions } from "../portal-sessions/services"
import type { Inviter } from "./invite-member"
import { holdersOf, memberView } from "./views"

type Account = Pick<Inviter, "tenant" | "customer_id">

/** Who may act in an account: its customer, and a page of those invited. */
export async function listAccountMembers(
  container: MedusaContainer,
  { tenant, customer_id }: Account,
  page: { limit: number; offset: number }
): Promise<{
  account_holder: AccountHolderView
  members: MemberView[]
  count: number
  limit: number
  offset: number
}> {
  const { rows, count } = await portalSessions(container).findMembers({
    tenant_id: tenant.id,
    account_customer_id: customer_id,
    ...page,
  })
  const holder = (await holdersOf(container, [customer_id])).get(customer_id)
  if (!holder) {
    throw portalError("not_found")
  }
  const { email, name } = holder
  return {
    account_holder: { customer_id, email, name, role: "owner" },
    members: rows.map(memberView),
    count,
    ...page,
  }
}

/**
 * Gives a member another role.
 *
 * @throws `last_owner` (409) for the customer of the account, who always is one;
 * `member_role_own` (403) for the caller; `not_found`
 */
export async function changeMemberRole(
  container: MedusaContainer,
  actor: Inviter,
  { id, role }: { id: string; role: MemberRole }
): Promise<MemberView> {
  protectHolder(actor, id)
  if (id === actor.member_id) {
    throw portalError("member_role_own")
  }
  const row = await portalSessions(container).setMemberRole({
    ...keyOf(actor),
    id,
    role,
    actor_member_id: actor.member_id,
  })
  if (!row) {
    throw portalError("not_found")
  }
  await record(container, actor, "member_role_changed", { member_id: id, role })
  return memberView(row)
}

/**
 * Removes a member, or takes an invitation back. What the member has open in the
 * account ends with it.
 *
 * @throws `last_owner` (409) for the customer of the account; `not_found`
 */
export async function removeAccountMember(
  container: MedusaContainer,
  actor: Inviter,
  id: string
): Promise<void> {
  protectHolder(actor, id)
  const row = await portalSessions(container).removeMember({
    ...keyOf(actor),
    id,
  })
  if (!row) {
    throw portalError("not_found")
  }
  await record(container, actor, "member_removed", { member_id: id })
}

/** An account always has the owner that it was made by. */
function protectHolder(actor: Inviter, id: string): void {
  if (id === actor.customer_id) {
    throw portalError("last_owner")
  }
}

const keyOf = ({ tenant, customer_id }: Account) => ({
  tenant_id: tenant.id,
  account_customer_id: customer_id,
})

async function record(
  container: MedusaContainer,
  { tenant, customer_id, session_id, member_id }: Inviter,
  type: PortalEventType,
  data: Record<string, unknown>
): Promise<void> {
  await portalSessions(container).recordEvent({
    type,
    tenant_id: tenant.id,
    customer_id,
    session_id,
    actor_id: member_id,
    data,
  })
}
