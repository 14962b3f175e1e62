import type { MedusaContainer } from "@medusajs/framework/types"
import { CustomerWorkflowEvents, Modules } from "@medusajs/framework/utils"
import {
  createWorkflow,
  transform,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { emitEventStep } from "@medusajs/medusa/core-flows"
import { portalError } from "../../errors/portal-error"
import type { Tenant } from "../../types/tenant"
import { portalSessions } from "../portal-sessions/services"
import { discardUnusedSignIn } from "./addresses"
import { hasAccountOf } from "./has-account"
import {
  EMAILPASS,
  identitiesOf,
  isWithPassword,
  passwordAddressOf,
} from "./identities"
import { afterPasswordChange, checkNewPassword } from "./password"
import { isFromMail } from "./prove-mailbox"
import {
  markAsAccountStep,
  tieSignInStep,
  type NewAccount,
} from "./steps/open-account"

/** Id of {@link openAccountWorkflow}. */
export const openAccountWorkflowId = "portal-open-account"

/**
 * Makes a guest an account, with a sign-in that was registered just now; both or
 * neither, and then the sign-in is gone again.
 *
 * @throws `account_exists` (422)
 */
export const openAccountWorkflow = createWorkflow(
  openAccountWorkflowId,
  function openAccount(input: NewAccount) {
    tieSignInStep(input)
    markAsAccountStep(input)
    emitEventStep({
      eventName: CustomerWorkflowEvents.UPDATED,
      data: transform(input, ({ customer_id }) => ({ id: customer_id })),
    })
    return new WorkflowResponse(input)
  }
)

/** Id of {@link addSignInWorkflow}. */
export const addSignInWorkflowId = "portal-add-sign-in"

/** Gives an account a sign-in that was registered just now. */
export const addSignInWorkflow = createWorkflow(
  addSignInWorkflowId,
  function addSignIn(input: NewAccount) {
    tieSignInStep(input)
    return new WorkflowResponse(input)
  }
)

/**
 * Makes a guest whose mailbox is proven an account with a password. The orders
 * stay where they are: the customer is the same. An account that has no password,
 * or whose password was taken away, gets one.
 *
 * @param input.session_id - the portal session that asks, which a mail has opened
 * @throws `account_exists` (422) where there is a password; `mailbox_not_proven`
 * (403); `password_too_weak` (400)
 */
export async function openAccount(
  container: MedusaContainer,
  input: {
    tenant: Tenant
    customer_id: string
    email: string
    has_account: boolean
    password: string
    session_id: string | null
  }
): Promise<void> {
  const { tenant, customer_id, password, has_account, session_id } = input
  const sessions = portalSessions(container)
  const email = input.email.toLowerCase()
  checkNewPassword(container, password, email)
  if (has_account && (await passwordAddressOf(container, customer_id))) {
    throw portalError("account_exists")
  }
  if (!(await readsMail(container, { customer_id, email, session_id }))) {
    throw portalError("mailbox_not_proven")
  }
  const key = `open-account:${customer_id}`
  if (!(await sessions.claimOnce({ key, seconds: 60 }))) {
    // Another call is about to; two would take each other's sign-in for unused.
    throw portalError("rate_limited", { details: { retry_after: 1 } })
  }
  try {
    await (has_account ? setFirstPassword : registerAccount)(container, {
      customer_id,
      email,
      password,
    })
  } finally {
    await sessions.releaseClaim(key)
  }
  if (has_account) {
    await afterPasswordChange(container, {
      customer_id,
      reason: "password_changed",
      keep_session_id: session_id ?? undefined,
    })
    return
  }
  await sessions.recordEvent({
    type: "account_opened",
    tenant_id: tenant.id,
    customer_id,
  })
}

type WithPassword = { customer_id: string; email: string; password: string }

/** A link that a merchant made may be in anybody's hands. */
async function readsMail(
  container: MedusaContainer,
  input: { customer_id: string; email: string; session_id: string | null }
): Promise<boolean> {
  const { customer_id, email, session_id } = input
  if (session_id === null) {
    return false
  }
  const sessions = portalSessions(container)
  const [[session], [state]] = await Promise.all([
    sessions.listPortalSessions(
      { id: session_id, customer_id },
      { select: ["created_via"], take: 1 }
    ),
    sessions.listPortalSecurityStates(
      { customer_id },
      { select: ["verified_email"], take: 1 }
    ),
  ])
  return (
    session !== undefined &&
    isFromMail(session) &&
    state?.verified_email === email
  )
}

async function registerAccount(
  container: MedusaContainer,
  { customer_id, email, password }: WithPassword
): Promise<void> {
  if (await hasAccountOf(container, email)) {
    throw portalError("account_exists")
  }
  await openAccountWorkflow(container).run({
    input: {
      customer_id,
      email,
      auth_identity_id: await register(container, email, password),
    },
  })
}

/** With the sign-in whose password was taken away, or with one of its own. */
async function setFirstPassword(
  container: MedusaContainer,
  { customer_id, email, password }: WithPassword
): Promise<void> {
  const auth = container.resolve(Modules.AUTH)
  const found = (await identitiesOf(container, customer_id))
    .flatMap(({ provider_identities }) => provider_identities ?? [])
    .filter(({ provider }) => provider === EMAILPASS)
  if (found.some(isWithPassword)) {
    throw portalError("account_exists")
  }
  const [waiting] = found
  if (waiting) {
    const { entity_id } = waiting
    const { success } = await auth.updateProvider(EMAILPASS, {
      entity_id,
      password,
    })
    if (!success) {
      throw portalError("account_exists")
    }
    return
  }
  await addSignInWorkflow(container).run({
    input: {
      customer_id,
      email,
      auth_identity_id: await register(container, email, password),
    },
  })
}

/** Registers a sign-in that is nobody's yet. */
async function register(
  container: MedusaContainer,
  email: string,
  password: string
): Promise<string> {
  await discardUnusedSignIn(container, email)
  const { success, authIdentity } = await container
    .resolve(Modules.AUTH)
    .register(EMAILPASS, { body: { email, password } })
  if (!success || !authIdentity) {
    throw portalError("account_exists")
  }
  return authIdentity.id
}
