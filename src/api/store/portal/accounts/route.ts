import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import { listAccounts } from "../../../../workflows/members/memberships"
import { personOf } from "../../../_lib/portal-caller"
import type { PortalRequest } from "../../../_lib/portal-guard"

/** `GET /store/portal/accounts`: the accounts that the caller is a member of. */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const accounts = await listAccounts(req.scope, personOf(req.portal))
    res.json({ accounts, count: accounts.length })
  }
)
