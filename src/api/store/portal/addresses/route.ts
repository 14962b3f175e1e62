import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import {
  createAddress,
  listAddresses,
} from "../../../../workflows/account/addresses"
import { recordTask } from "../../../../workflows/portal-sessions/record-task"
import type { PortalRequest } from "../../../_lib/portal-guard"
import type { AddressBody } from "../account-validators"

/** `GET /store/portal/addresses`: all of them; there are a hundred at most. */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const addresses = await listAddresses(req.scope, req.portal.customer_id)
    res.json({ addresses, count: addresses.length })
  }
)

/** `POST /store/portal/addresses` */
export const POST = withPortalErrors(
  async (req: PortalRequest<AddressBody>, res: MedusaResponse) => {
    const { customer_id } = req.portal
    const address = await createAddress(
      req.scope,
      customer_id,
      req.validatedBody
    )
    await recordTask(req.scope, req.portal, "address_changed")
    res.status(201).json({ address })
  }
)
