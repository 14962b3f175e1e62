import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import { retrieveOverview } from "../../../../workflows/account/overview"
import type { PortalRequest } from "../../../_lib/portal-guard"

/** `GET /store/portal/overview`: what the home screen needs, in one call. */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    res.json({ overview: await retrieveOverview(req.scope, req.portal) })
  }
)
