import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { leaveAccount } from "../../../../../workflows/members/leave-account"
import { pathId } from "../../../../_lib/path-id"
import { personOf } from "../../../../_lib/portal-caller"
import type { PortalRequest } from "../../../../_lib/portal-guard"

/** `DELETE /store/portal/accounts/:id`: the caller is a member there no more. */
export const DELETE = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const id = pathId(req)
    await leaveAccount(req.scope, personOf(req.portal), id)
    res.json({ id, object: "account", deleted: true })
  }
)
