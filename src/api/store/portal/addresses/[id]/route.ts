import type { MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import {
  deleteAddress,
  retrieveAddress,
  updateAddress,
} from "../../../../../workflows/account/addresses"
import { recordTask } from "../../../../../workflows/portal-sessions/record-task"
import { pathId } from "../../../../_lib/path-id"
import type { PortalRequest } from "../../../../_lib/portal-guard"
import type { AddressBody } from "../../account-validators"

const keyOf = (req: PortalRequest) => ({
  customer_id: req.portal.customer_id,
  id: pathId(req),
})

/** `GET /store/portal/addresses/:id` */
export const GET = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    res.json({ address: await retrieveAddress(req.scope, keyOf(req)) })
  }
)

/** `POST /store/portal/addresses/:id`: changes what is named. */
export const POST = withPortalErrors(
  async (req: PortalRequest<AddressBody>, res: MedusaResponse) => {
    const address = await updateAddress(
      req.scope,
      keyOf(req),
      req.validatedBody
    )
    await recordTask(req.scope, req.portal, "address_changed")
    res.json({ address })
  }
)

/** `DELETE /store/portal/addresses/:id` */
export const DELETE = withPortalErrors(
  async (req: PortalRequest, res: MedusaResponse) => {
    const key = keyOf(req)
    await deleteAddress(req.scope, key)
    res.json({ id: key.id, object: "address", deleted: true })
  }
)
