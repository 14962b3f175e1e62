import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import type { AdminPortalSessionListResponse } from "../../../../types/portal-session-http"
import { listDevices } from "../../../../workflows/account-security/devices"
import { createAdminLink } from "../../../../workflows/portal-sessions/create-admin-link"
import { portalSessions } from "../../../../workflows/portal-sessions/services"
import { adminSessionView } from "../../../../workflows/portal-sessions/views"
import { checkPolicy } from "../../../_lib/require-policy"
import type { CreateSessionBody, ListSessionsQuery } from "./validators"

/** `POST /admin/portal/sessions`: a link for a customer. Its address is shown once. */
export const POST = withPortalErrors(
  async (
    req: AuthenticatedMedusaRequest<CreateSessionBody>,
    res: MedusaResponse
  ) => {
    const { actor_id, actor_type } = req.auth_context
    const body = req.validatedBody
    const isUser = actor_type !== "api-key"
    if (isUser && body.scopes && (body.impersonate ?? true)) {
      await checkPolicy(req, "impersonate")
    }
    const created = await createAdminLink(
      req.scope,
      { id: actor_id, type: isUser ? "user" : "api-key" },
      body
    )
    res.setHeader("Cache-Control", "no-store")
    res.status(201).json(created)
  }
)

/**
 * `GET /admin/portal/sessions`; of one customer also where they are signed in with
 * Medusa's own login.
 */
export const GET = withPortalErrors(
  async (
    req: AuthenticatedMedusaRequest<unknown, ListSessionsQuery>,
    res: MedusaResponse
  ) => {
    const { limit, offset, customer_id } = req.validatedQuery
    const { rows, count } = await portalSessions(req.scope).findSessions(
      req.validatedQuery
    )
    res.json({
      portal_sessions: rows.map(adminSessionView),
      ...(customer_id !== undefined && {
        devices: await listDevices(req.scope, { customer_id }),
      }),
      count,
      limit,
      offset,
    } satisfies AdminPortalSessionListResponse)
  }
)
