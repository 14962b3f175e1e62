import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { acceptInvitation } from "../../../../../workflows/members/memberships"
import { personOf } from "../../../../_lib/portal-caller"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import type { AcceptBody } from "../../account-validators"

/** `POST /store/portal/members/accept`: the caller becomes a member. */
export const POST = withPortalErrors(
  async (req: PortalRequest<AcceptBody>, res: MedusaResponse) => {
    const account = await acceptInvitation(
      req.scope,
      personOf(req.portal),
      req.validatedBody.token
    )
    res.json({ account })
  }
)
