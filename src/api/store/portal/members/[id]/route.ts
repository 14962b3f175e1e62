import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import {
  changeMemberRole,
  removeAccountMember,
} from "../../../../../workflows/members/manage-members"
import { pathId } from "../../../../_lib/path-id"
import { inviterOf } from "../../../../_lib/portal-caller"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import type { RoleBody } from "../../account-validators"

/** `POST /store/portal/members/:id`: another role. */
export const POST = withPortalErrors(
  async (req: PortalRequest<RoleBody>, res: MedusaResponse) => {
    const member = await changeMemberRole(req.scope, inviterOf(req.portal), {
      id: pathId(req),
      role: req.validatedBody.role,
    })
    res.json({ member })
  }
)

/** `DELETE /store/portal/members/:id`: a member, or an open invitation. */
export const DELETE = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const id = pathId(req)
    await removeAccountMember(req.scope, inviterOf(req.portal), id)
    res.json({ id, object: "member", deleted: true })
  }
)
