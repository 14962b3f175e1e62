import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { verifyLoginCode } from "../../../../../../workflows/portal-sessions/login-requests"
import { clientOf } from "../../../../../_lib/client"
import { pathId } from "../../../../../_lib/path-id"
import type { PublicPortalRequest } from "../../../../../_lib/portal-guard"
import type { VerifyBody } from "../../validators"

/** `POST /store/portal/login-requests/:id/verify`: the code of the mail. */
export const POST = withPortalErrors(
  async (req: PublicPortalRequest<VerifyBody>, res: MedusaResponse) => {
    const opened = await verifyLoginCode(req.scope, {
      id: pathId(req),
      code: req.validatedBody.code,
      tenant: req.portal.tenant,
      opener: clientOf(req),
    })
    res.status(201).json(opened)
  }
)
