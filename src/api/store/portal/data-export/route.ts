import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import { exportData } from "../../../../workflows/account/export-data"
import type { PortalRequest } from "../../../_lib/portal-guard"

/** `GET /store/portal/data-export`: everything of the customer, as a file. */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const data_export = await exportData(req.scope, req.portal)
    res.setHeader(
      "Content-Disposition",
      'attachment; filename="data-export.json"'
    )
    res.json({ data_export })
  }
)
