import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { EVERYONE } from "../../../../../workflows/subscription-reads/reader"
import { retrieveNextCharge } from "../../../../../workflows/subscription-reads/retrieve-next-charge"
import { pathId } from "../../../../_lib/path-id"

/** `GET /admin/subscriptions/:id/next-charge` */
export const GET = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    const next_charge = await retrieveNextCharge(req.scope, {
      scope: EVERYONE,
      id: pathId(req),
    })
    res.json({ next_charge })
  }
)
