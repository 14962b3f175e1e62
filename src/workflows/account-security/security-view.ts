import type {
  AuthIdentityDTO,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalSessions } from "../portal-sessions/services"
import { isWithPassword } from "./identities"
import type { FactorView } from "./mfa-enrolment"

/** What `GET /store/portal/security` answers. */
export type SecurityView = {
  has_account: boolean
  has_password: boolean
  email: string
  /** Whether somebody has read mail at that address. */
  email_verified: boolean
  mfa: { enabled: boolean; factors: FactorView[]; recovery_codes_left: number }
}

type Identity = AuthIdentityDTO & {
  mfa_factors?: FactorView[]
  mfa_recovery_codes?: unknown[]
}

/** How a customer signs in. */
export async function securityView(
  container: MedusaContainer,
  input: { customer_id: string; email: string; has_account: boolean }
): Promise<SecurityView> {
  const { customer_id, email, has_account } = input
  const identities = (await container.resolve(Modules.AUTH).listAuthIdentities(
    { app_metadata: { customer_id } },
    {
      relations: ["provider_identities", "mfa_factors", "mfa_recovery_codes"],
    }
  )) as Identity[]
  const [state] = await portalSessions(container).listPortalSecurityStates(
    { customer_id },
    { select: ["verified_email"], take: 1 }
  )
  const factors = identities
    .flatMap(({ mfa_factors }) => mfa_factors ?? [])
    .filter(({ status }) => status === "enabled")
    .map(({ id, provider, status }) => ({ id, provider, status }))
  return {
    has_account,
    has_password: identities.some(({ provider_identities }) =>
      provider_identities?.some(isWithPassword)
    ),
    email,
    email_verified: state?.verified_email === email.toLowerCase(),
    mfa: {
      enabled: factors.length > 0,
      factors,
      recovery_codes_left: identities
        .map(({ mfa_recovery_codes }) => mfa_recovery_codes?.length ?? 0)
        .reduce((sum, count) => sum + count, 0),
    },
  }
}
