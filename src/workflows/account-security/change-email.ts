import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import type {
  EmailChangeRow,
  MailboxSide,
} from "../../modules/portal-session/queries/email-changes"
import { maskEmail } from "../../shared/mask-email"
import {
  codeMatches,
  hashCode,
  mintCode,
  normaliseCode,
} from "../../shared/short-code"
import type { Tenant } from "../../types/tenant"
import { enforceLimits } from "../limits/enforce-limits"
import { portalSessions } from "../portal-sessions/services"
import { discardUnusedSignIn } from "./addresses"
import { moveEmailWorkflow } from "./move-email"
import { securityMail } from "./security-mail"

const LIFE_SECONDS = 30 * 60

type Asking = { tenant: Tenant; customer_id: string }

/** How far a change of address is. */
export type EmailChangeState = {
  status: "pending" | "applied"
  confirmed: { old: boolean; new: boolean }
}

/**
 * Begins a change of address: a code goes to each of both mailboxes. Whether
 * somebody else has the new address is not told here, but when it is confirmed.
 *
 * @throws `rate_limited` (429)
 */
export async function beginEmailChange(
  container: MedusaContainer,
  input: Asking & { old_email: string; email: string }
): Promise<{ id: string; expires_in: number }> {
  const { tenant, customer_id, old_email } = input
  const new_email = input.email.toLowerCase()
  await enforceLimits(container, [{ limit: "emailChange", key: customer_id }])
  const codes = { old: mintCode(), new: mintCode() }
  const id = await portalSessions(container).beginEmailChange({
    tenant_id: tenant.id,
    customer_id,
    old_email,
    new_email,
    old_code_hash: await hashCode(codes.old),
    new_code_hash: await hashCode(codes.new),
    expires_in_seconds: LIFE_SECONDS,
  })
  const url = (side: MailboxSide) =>
    `${tenant.portal_url}/email-change#side=${side}&code=${codes[side]}`
  await securityMail(container, {
    customer_id,
    template: "email-change-confirm-old",
    to: old_email,
    tenant,
    props: {
      url: url("old"),
      code: codes.old,
      new_email: maskEmail(new_email),
    },
    occasion: id,
  })
  await securityMail(container, {
    customer_id,
    template: "email-change-confirm-new",
    to: new_email,
    tenant,
    props: { url: url("new"), code: codes.new, new_email },
    occasion: id,
  })
  return { id, expires_in: LIFE_SECONDS }
}

/**
 * Takes the code of one of both mailboxes. With the second the address moves
 * everywhere at once, what was signed in ends, and both addresses are told.
 *
 * @param input.keep_session_id - the portal session that asks
 * @throws `email_change_invalid` (400); `email_change_over` (410); `email_taken`
 * (422); `provider_unavailable` (409), and then all is as it was and a code may be
 * sent again
 */
export async function confirmEmailChange(
  container: MedusaContainer,
  input: Asking & {
    side: MailboxSide
    code: string
    keep_session_id?: string
  }
): Promise<EmailChangeState> {
  const sessions = portalSessions(container)
  const { tenant, customer_id, side, code } = input
  const open = await sessions.takeEmailChangeAttempt({
    customer_id,
    tenant_id: tenant.id,
    side,
  })
  if (!open) {
    throw portalError("email_change_over")
  }
  if (!(await codeMatches(normaliseCode(code), open.code_hash))) {
    throw portalError("email_change_invalid")
  }
  const change = await sessions.confirmEmailChange({ id: open.id, side })
  if (!change) {
    throw portalError("email_change_over")
  }
  const confirmed = {
    old: change.old_confirmed_at !== null,
    new: change.new_confirmed_at !== null,
  }
  if (!confirmed.old || !confirmed.new) {
    return { status: "pending", confirmed }
  }
  if (await sessions.claimEmailChange(change.id)) {
    await carryOut(container, { ...input, change })
  }
  return { status: "applied", confirmed }
}

async function carryOut(
  container: MedusaContainer,
  input: Asking & { change: EmailChangeRow; keep_session_id?: string }
): Promise<void> {
  const { tenant, customer_id, change, keep_session_id } = input
  const sessions = portalSessions(container)
  const { id, old_email, new_email } = change
  try {
    await discardUnusedSignIn(container, new_email)
    await moveEmailWorkflow(container).run({
      input: { customer_id, email: new_email },
    })
  } catch (error) {
    // Of a provider that is down the customer hears, and may send a code again.
    const again = (error as { code?: unknown }).code === "provider_unavailable"
    await sessions.returnEmailChange({ id, again })
    throw error
  }
  await sessions.noteVerifiedEmail({ customer_id, email: new_email })
  // Links that lie in the old mailbox end with it.
  await sessions.revokeCustomer({
    customer_id,
    reason: "email_changed",
    tokens: true,
    except: keep_session_id,
  })
  await sessions.recordEvent({
    type: "email_changed",
    tenant_id: tenant.id,
    customer_id,
    session_id: keep_session_id,
  })
  for (const to of [old_email, new_email]) {
    await securityMail(container, {
      customer_id,
      template: "email-changed",
      to,
      tenant,
      props: {
        new_email: maskEmail(new_email),
        time: new Date().toISOString(),
      },
      occasion: `${id}:${to === new_email ? "new" : "old"}`,
    })
  }
}
