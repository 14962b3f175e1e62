import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import type { AdminPortalSessionListResponse } from "../../../../types/portal-session-http"
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

/** `GET /admin/portal/sessions` */
export const GET = withPortalErrors(
  async (
    req: AuthenticatedMedusaRequest<unknown, ListSessionsQuery>,
    res: MedusaResponse
  ) => {
    const { limit, offset } = req.validatedQuery
    const { rows, count } = await portalSessions(req.scope).findSessions(
      req.validatedQuery
    )
    res.json({
      portal_sessions: rows.map(adminSessionView),
      count,
      limit,
      offset,
    } satisfies AdminPortalSessionListResponse)
  }
)
