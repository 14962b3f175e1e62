import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import type { LoginRequestResponse } from "../../../../types/portal-session-http"
import { requestLogin } from "../../../../workflows/portal-sessions/login-requests"
import { clientIp } from "../../../_lib/client"
import type { PublicPortalRequest } from "../../../_lib/portal-guard"
import type { LoginRequestBody } from "./validators"

/** `POST /store/portal/login-requests`: 202 for every address. */
export const POST = withPortalErrors(
  async (req: PublicPortalRequest<LoginRequestBody>, res: MedusaResponse) => {
    const login_request = await requestLogin(req.scope, {
      tenant: req.portal.tenant,
      ip: clientIp(req),
      ...req.validatedBody,
    })
    res.status(202).json({ login_request } satisfies LoginRequestResponse)
  }
)
