import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { resendInvitation } from "../../../../../../workflows/members/invite-member"
import { pathId } from "../../../../../_lib/path-id"
import { inviterOf } from "../../../../../_lib/portal-caller"
import type { PortalRequest } from "../../../../../_lib/portal-guard"

/** `POST /store/portal/members/:id/resend`: mails an open invitation again. */
export const POST = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const inviter = inviterOf(req.portal)
    res.json({
      member: await resendInvitation(req.scope, inviter, pathId(req)),
    })
  }
)
