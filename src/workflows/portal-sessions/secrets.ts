import { createHmac } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { linkKey, type LinkKey } from "../../shared/link-token"
import { portalOptions } from "./services"

/**
 * The keys of links: the first signs. Without the option one is derived from the
 * secret of Medusa's JWTs, for this purpose only.
 *
 * @throws `invalid_options` where there is neither
 */
export function linkKeys(container: MedusaContainer): [LinkKey, ...LinkKey[]] {
  const [first, ...others] = portalOptions(container).sessions.linkSecrets
  return first
    ? [
        linkKey(first.kid, first.secret),
        ...others.map(({ kid, secret }) => linkKey(kid, secret)),
      ]
    : [linkKey("m", medusaSecret(container))]
}

/**
 * A stand-in for an address of a person or a network, to count by: without the
 * store's secret nobody can find out whose it is by trying.
 *
 * @example
 * pseudonym(container, "clara@shop.test") // "5f1c…", always the same
 */
export function pseudonym(container: MedusaContainer, value: string): string {
  return createHmac("sha256", `portal-pseudonym/v1:${medusaSecret(container)}`)
    .update(value, "utf8")
    .digest("base64url")
}

function medusaSecret(container: MedusaContainer): string {
  const { projectConfig } = container.resolve(
    ContainerRegistrationKeys.CONFIG_MODULE
  )
  const { jwtSecret } = projectConfig.http
  if (typeof jwtSecret !== "string" || !jwtSecret) {
    throw portalError("invalid_options", {
      message:
        "medusa-plugin-customer-portal: set options.sessions.linkSecrets, or Medusa's http.jwtSecret.",
    })
  }
  return jwtSecret
}
