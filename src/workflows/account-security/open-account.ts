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
import { discardUnusedSignIn } from "./change-email"
import { hasAccountOf } from "./has-account"
import { EMAILPASS } from "./identities"
import { checkNewPassword } from "./password"
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

/**
 * Makes a guest whose mailbox is proven an account with a password. The orders
 * stay where they are: the customer is the same.
 *
 * @throws `account_exists` (422); `mailbox_not_proven` (403); `password_too_weak` (400)
 */
export async function openAccount(
  container: MedusaContainer,
  input: {
    tenant: Tenant
    customer_id: string
    email: string
    has_account: boolean
    password: string
  }
): Promise<void> {
  const { tenant, customer_id, password } = input
  const email = input.email.toLowerCase()
  checkNewPassword(container, password, email)
  if (input.has_account) {
    throw portalError("account_exists")
  }
  const [state] = await portalSessions(container).listPortalSecurityStates(
    { customer_id },
    { select: ["verified_email"], take: 1 }
  )
  if (state?.verified_email !== email) {
    throw portalError("mailbox_not_proven")
  }
  const key = `open-account:${customer_id}`
  if (!(await portalSessions(container).claimOnce({ key, seconds: 60 }))) {
    // Another call is about to; two would take each other's sign-in for unused.
    throw portalError("rate_limited", { details: { retry_after: 1 } })
  }
  try {
    await registerAccount(container, { customer_id, email, password })
  } finally {
    await portalSessions(container).releaseClaim(key)
  }
  await portalSessions(container).recordEvent({
    type: "account_opened",
    tenant_id: tenant.id,
    customer_id,
  })
}

async function registerAccount(
  container: MedusaContainer,
  input: { customer_id: string; email: string; password: string }
): Promise<void> {
  const { customer_id, email, password } = input
  if (await hasAccountOf(container, email)) {
    throw portalError("account_exists")
  }
  await discardUnusedSignIn(container, email)
  const { success, authIdentity } = await container
    .resolve(Modules.AUTH)
    .register(EMAILPASS, { body: { email, password } })
  if (!success || !authIdentity) {
    throw portalError("account_exists")
  }
  await openAccountWorkflow(container).run({
    input: { customer_id, email, auth_identity_id: authIdentity.id },
  })
}
