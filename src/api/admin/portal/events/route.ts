import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import type { AdminPortalEventListResponse } from "../../../../types/portal-admin-http"
import { portalSessions } from "../../../../workflows/portal-sessions/services"
import type { EventsQuery } from "./validators"

/** `GET /admin/portal/events`: what happened, newest first. */
export const GET = withPortalErrors(
  async (
    req: AuthenticatedMedusaRequest<unknown, EventsQuery>,
    res: MedusaResponse
  ) => {
    const { limit, offset } = req.validatedQuery
    const { rows, count } = await portalSessions(req.scope).findEvents(
      req.validatedQuery
    )
    res.json({
      portal_events: rows.map((row) => ({
        ...row,
        created_at: new Date(row.created_at).toISOString(),
      })),
      count,
      limit,
      offset,
    } satisfies AdminPortalEventListResponse)
  }
)
