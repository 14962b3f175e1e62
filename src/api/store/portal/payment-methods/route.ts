import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import { listPaymentMethods } from "../../../../workflows/payment-methods/list-methods"
import type { PortalRequest } from "../../../_lib/portal-guard"

/** `GET /store/portal/payment-methods` */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const { customer_id, tenant } = req.portal
    res.json(await listPaymentMethods(req.scope, { customer_id, tenant }))
  }
)
