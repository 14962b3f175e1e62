import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { securityMail, tell } from "./security-mail"

/** How many recovery codes are left. */
export async function countRecoveryCodes(
  container: MedusaContainer,
  auth_identity_id: string
): Promise<number> {
  const [identity] = await container.resolve(Modules.AUTH).listAuthIdentities(
    { id: [auth_identity_id] },
    // Medusa lists codes only through the identity that they belong to.
    { relations: ["mfa_recovery_codes"], take: 1 }
  )
  const { mfa_recovery_codes: codes } = (identity ?? {}) as {
    mfa_recovery_codes?: unknown[]
  }
  return codes?.length ?? 0
}

/** Tells a customer that somebody got in with a recovery code. It never throws. */
export async function tellOfRecoveryCode(
  container: MedusaContainer,
  input: { customer_id: string; auth_identity_id: string }
): Promise<void> {
  const { customer_id, auth_identity_id } = input
  const template = "recovery-code-used"
  await tell(container, template, async () => {
    const remaining = await countRecoveryCodes(container, auth_identity_id)
    const time = new Date().toISOString()
    await securityMail(container, {
      customer_id,
      template,
      props: { remaining, time },
      occasion: time,
    })
  })
}

/** Tells a customer about a change to the second factor, from core's event. */
export async function tellOfMfaChange(
  container: MedusaContainer,
  input: {
    auth_identity_id: string
    template: "mfa-enabled" | "mfa-disabled" | "recovery-codes-generated"
    occasion: string
  }
): Promise<void> {
  const { auth_identity_id, template, occasion } = input
  const [identity] = await container
    .resolve(Modules.AUTH)
    .listAuthIdentities({ id: [auth_identity_id] }, { take: 1 })
  const customer_id = identity?.app_metadata?.customer_id
  if (typeof customer_id === "string") {
    await securityMail(container, {
      customer_id,
      template,
      props: { time: new Date().toISOString() },
      occasion,
    })
  }
}
