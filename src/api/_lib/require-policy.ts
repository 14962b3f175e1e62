import { hasPermission } from "@medusajs/framework"
import type {
  AuthenticatedMedusaRequest,
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { FeatureFlag } from "@medusajs/framework/utils"
import { withPortalErrors } from "../../errors/error-handler"
import { portalError } from "../../errors/portal-error"

/** What an admin may do with portal sessions. */
export type PortalSessionOperation =
  "create" | "read" | "revoke" | "impersonate"

/**
 * Whether the caller may do it. Only with Medusa's RBAC there is a question. API
 * keys have no roles there, and Medusa's own check would refuse them all: a
 * secret key is the merchant's own server and passes.
 *
 * @throws `forbidden` (403)
 */
export async function checkPolicy(
  req: MedusaRequest,
  operation: PortalSessionOperation
): Promise<void> {
  const { actor_type, app_metadata } = (req as AuthenticatedMedusaRequest)
    .auth_context
  if (!FeatureFlag.isFeatureEnabled("rbac") || actor_type === "api-key") {
    return
  }
  const roles = rolesOf(app_metadata)
  const action = { resource: "portal_session", operation }
  const isAllowed =
    roles.length > 0 &&
    (await hasPermission({ roles, actions: [action], container: req.scope }))
  if (!isAllowed) {
    throw portalError("forbidden")
  }
}

/** A middleware that asks {@link checkPolicy}. */
export function requirePolicy(operation: PortalSessionOperation) {
  return withPortalErrors(async function requirePolicy(
    req: MedusaRequest,
    _res: MedusaResponse,
    next: MedusaNextFunction
  ) {
    await checkPolicy(req, operation)
    next()
  })
}

function rolesOf(metadata: unknown): string[] {
  const roles = (metadata as { roles?: unknown } | undefined)?.roles
  return Array.isArray(roles)
    ? roles.filter((role): role is string => typeof role === "string")
    : []
}
