import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type { MemberRow } from "../../modules/portal-session/queries/member-row"
import { hashToken, mintToken } from "../../shared/token"
import type { MemberView } from "../../types/account-http"
import type { MemberRole } from "../../types/portal-session"
import type { Tenant } from "../../types/tenant"
import { enforceLimits } from "../limits/enforce-limits"
import { sendMail } from "../mails/send-mail"
import { portalSessions } from "../portal-sessions/services"
import { holdersOf, memberView } from "./views"

/** Prefix of the secret of an invitation. */
export const INVITE_PREFIX = "pmi_"
const INVITE_SECONDS = 7 * 86_400

/** Who invites, and for which account. */
export type Inviter = {
  tenant: Tenant
  /** The account's. */
  customer_id: string
  email: string
  has_account: boolean
  /** null: the customer of the account. */
  member_id: string | null
  session_id: string | null
}

/**
 * Invites an address to an account, by a mail. Of many at once one does.
 *
 * @throws `account_required` (400); `member_exists` (422); `rate_limited` (429)
 */
export async function inviteMember(
  container: MedusaContainer,
  inviter: Inviter,
  { email: address, role }: { email: string; role: MemberRole }
): Promise<MemberView> {
  const email = address.toLowerCase()
  if (!inviter.has_account) {
    throw portalError("account_required")
  }
  if (email === inviter.email.toLowerCase()) {
    throw portalError("member_exists")
  }
  await limit(container, inviter, email)
  const token = mintToken(INVITE_PREFIX)
  const row = await portalSessions(container).inviteMember({
    ...keyOf(inviter),
    id: generateEntityId(undefined, "pmem"),
    email,
    role,
    invited_by: inviter.member_id ?? inviter.customer_id,
    invite_hash: hashToken(token),
    seconds: INVITE_SECONDS,
  })
  if (!row) {
    throw portalError("member_exists")
  }
  await mailInvitation(container, inviter, row, token)
  return memberView(row)
}

/**
 * Mails an open invitation again. The one in the old mail is worth nothing then.
 *
 * @throws `not_found` where none is open; `rate_limited` (429)
 */
export async function resendInvitation(
  container: MedusaContainer,
  inviter: Inviter,
  id: string
): Promise<MemberView> {
  const sessions = portalSessions(container)
  const key = keyOf(inviter)
  const [open] = await sessions.listPortalMembers(
    { ...key, id, status: "invited" },
    { select: ["id", "email"], take: 1 }
  )
  if (!open) {
    throw portalError("not_found")
  }
  // By address, as the first one: each is a mail to somebody who asked for none.
  await limit(container, inviter, open.email)
  const token = mintToken(INVITE_PREFIX)
  // By now it may be taken up or back: the statement looks again.
  const row = await sessions.renewInvitation({
    ...key,
    id,
    invite_hash: hashToken(token),
    seconds: INVITE_SECONDS,
  })
  if (!row) {
    throw portalError("not_found")
  }
  await mailInvitation(container, inviter, row, token)
  return memberView(row)
}

const keyOf = (inviter: Inviter) => ({
  tenant_id: inviter.tenant.id,
  account_customer_id: inviter.customer_id,
})

/** Whoever makes an account must not make the shop write to everybody. */
async function limit(
  container: MedusaContainer,
  { customer_id }: Inviter,
  receiver: string
): Promise<void> {
  await enforceLimits(container, [
    { limit: "memberInvite", key: customer_id },
    { limit: "memberInvitePerEmail", key: receiver },
  ])
}

async function mailInvitation(
  container: MedusaContainer,
  inviter: Inviter,
  row: MemberRow,
  token: string
): Promise<void> {
  const { tenant, customer_id, session_id } = inviter
  const holders = await holdersOf(container, [customer_id])
  const name = holders.get(customer_id)?.name ?? inviter.email
  await sendMail(container, {
    template: "member-invited",
    to: row.email,
    tenant,
    props: {
      account_name: name,
      inviter: inviter.email,
      role: row.role,
      // In the fragment: it reaches no server, no log and no other site.
      url: `${tenant.portal_url}/invitations#i=${token}`,
    },
    idempotency_key: `member-invited:${generateEntityId(undefined, "pinv")}`,
    resource_id: row.id,
    resource_type: "portal_member",
  })
  await portalSessions(container).recordEvent({
    type: "member_invited",
    tenant_id: tenant.id,
    customer_id,
    session_id,
    actor_id: inviter.member_id,
    data: { member_id: row.id, role: row.role },
  })
}
