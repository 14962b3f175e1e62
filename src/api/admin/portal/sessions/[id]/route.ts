import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { portalError } from "../../../../../errors/portal-error"
import { portalSessions } from "../../../../../workflows/portal-sessions/services"
import { adminSessionView } from "../../../../../workflows/portal-sessions/views"
import { pathId } from "../../../../_lib/path-id"

/** `GET /admin/portal/sessions/:id` */
export const GET = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    const { rows } = await portalSessions(req.scope).findSessions({
      id: pathId(req),
      limit: 1,
      offset: 0,
    })
    if (!rows[0]) {
      throw portalError("not_found")
    }
    res.json({ portal_session: adminSessionView(rows[0]) })
  }
)
