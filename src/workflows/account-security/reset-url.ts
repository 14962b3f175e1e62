import type { MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  generateJwtToken,
  Modules,
} from "@medusajs/framework/utils"
import type { Tenant } from "../../types/tenant"
import { EMAILPASS } from "./identities"

/** What core gives the tokens of its own mails. */
export const RESET_SECONDS = 15 * 60

/** The page of a portal that takes the token of a reset. */
export function resetUrl(
  { portal_url }: Pick<Tenant, "portal_url">,
  token: string
): string {
  return `${portal_url}/reset-password#token=${encodeURIComponent(token)}`
}

/**
 * A token to set a new password with, as core's own. Core's workflow would also
 * tell everybody who mails such tokens, and the customer would get two mails.
 */
export async function mintResetToken(
  container: MedusaContainer,
  entity_id: string
): Promise<string> {
  const { http } = container.resolve(
    ContainerRegistrationKeys.CONFIG_MODULE
  ).projectConfig
  const { jti } = await container
    .resolve(Modules.AUTH)
    .createPasswordResetToken({
      provider: EMAILPASS,
      entity_id,
      ttl_seconds: RESET_SECONDS,
    })
  return generateJwtToken(
    {
      entity_id,
      provider: EMAILPASS,
      actor_type: "customer",
      purpose: "reset",
    },
    {
      secret: http.jwtSecret,
      expiresIn: `${RESET_SECONDS}s`,
      jwtOptions: { ...http.jwtOptions, jwtid: jti },
    }
  )
}
