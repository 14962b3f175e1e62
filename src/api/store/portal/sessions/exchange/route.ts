import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { exchangeLink } from "../../../../../workflows/portal-sessions/exchange-link"
import { clientOf } from "../../../../_lib/client"
import type { PublicPortalRequest } from "../../../../_lib/portal-guard"
import type { ExchangeBody } from "../validators"

/** `POST /store/portal/sessions/exchange`: opens a link, once. */
export const POST = withPortalErrors(
  async (req: PublicPortalRequest<ExchangeBody>, res: MedusaResponse) => {
    const opened = await exchangeLink(req.scope, {
      ...req.validatedBody,
      tenant: req.portal.tenant,
      opener: clientOf(req),
    })
    res.status(201).json(opened)
  }
)
