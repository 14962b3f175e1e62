import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import { inviteMember } from "../../../../workflows/members/invite-member"
import { listAccountMembers } from "../../../../workflows/members/manage-members"
import { inviterOf } from "../../../_lib/portal-caller"
import type { PortalRequest } from "../../../_lib/portal-guard"
import type { InviteBody, MembersQuery } from "../account-validators"

/** `GET /store/portal/members`: who may act in the account. */
export const GET = withPortalErrors(
  async (req: PortalRequest<unknown, MembersQuery>, res: MedusaResponse) => {
    const { limit, offset } = req.validatedQuery
    res.json(await listAccountMembers(req.scope, req.portal, { limit, offset }))
  }
)

/** `POST /store/portal/members`: invites an address, by a mail. */
export const POST = withPortalErrors(
  async (req: PortalRequest<InviteBody>, res: MedusaResponse) => {
    const member = await inviteMember(
      req.scope,
      inviterOf(req.portal),
      req.validatedBody
    )
    res.status(201).json({ member })
  }
)
