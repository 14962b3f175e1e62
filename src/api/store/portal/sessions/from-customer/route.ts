import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { portalError } from "../../../../../errors/portal-error"
import { openSessionOfCustomer } from "../../../../../workflows/portal-sessions/session-actions"
import { clientOf } from "../../../../_lib/client"
import type { PortalRequest } from "../../../../_lib/portal-guard"

/**
 * `POST /store/portal/sessions/from-customer`: a portal session for somebody who
 * is signed in with a login of Medusa's, so that a portal handles one kind.
 */
export const POST = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const { tenant, customer_id, session } = req.portal
    if (session) {
      // A session that could make the next one would never end.
      throw portalError("portal_scope_missing")
    }
    const opener = clientOf(req)
    res
      .status(201)
      .json(
        await openSessionOfCustomer(req.scope, { tenant, customer_id, opener })
      )
  }
)
