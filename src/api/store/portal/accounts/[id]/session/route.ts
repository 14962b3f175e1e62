import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { openMemberSession } from "../../../../../../workflows/members/memberships"
import { clientOf } from "../../../../../_lib/client"
import { pathId } from "../../../../../_lib/path-id"
import { personOf } from "../../../../../_lib/portal-caller"
import type { PortalRequest } from "../../../../../_lib/portal-guard"

/**
 * `POST /store/portal/accounts/:id/session`: a portal session in an account that
 * the caller is a member of, with what the role allows.
 */
export const POST = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const opened = await openMemberSession(req.scope, personOf(req.portal), {
      account_id: pathId(req),
      scopes: req.portal.scopes,
      opener: clientOf(req),
    })
    res.status(201).json(opened)
  }
)
