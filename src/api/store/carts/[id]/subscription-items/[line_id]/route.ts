import type {
  MedusaResponse,
  MedusaStoreRequest,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../../errors/error-handler"
import { removeSubscriptionItemWorkflow } from "../../../../../../workflows/carts/remove-subscription-item"
import { updateSubscriptionItemWorkflow } from "../../../../../../workflows/carts/update-subscription-item"
import { pathId } from "../../../../../_lib/path-id"
import { readCart } from "../../../answer-cart"
import type { UpdateSubscriptionItemBody } from "../../../validators"

/** `POST /store/carts/:id/subscription-items/:line_id` */
export const POST = withPortalErrors(
  async (
    req: MedusaStoreRequest<UpdateSubscriptionItemBody>,
    res: MedusaResponse
  ) => {
    const cart_id = pathId(req)
    const line_id = pathId(req, "line_id")
    await updateSubscriptionItemWorkflow(req.scope).run({
      input: { cart_id, line_id, ...req.validatedBody },
    })
    res.json({ cart: await readCart(req, cart_id) })
  }
)

/** `DELETE /store/carts/:id/subscription-items/:line_id` */
export const DELETE = withPortalErrors(
  async (req: MedusaStoreRequest, res: MedusaResponse) => {
    const cart_id = pathId(req)
    const line_id = pathId(req, "line_id")
    await removeSubscriptionItemWorkflow(req.scope).run({
      input: { cart_id, line_id },
    })
    res.json({ cart: await readCart(req, cart_id) })
  }
)
