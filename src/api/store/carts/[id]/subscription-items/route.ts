import type {
  MedusaResponse,
  MedusaStoreRequest,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import { addSubscriptionItemWorkflow } from "../../../../../workflows/carts/add-subscription-item"
import { pathId } from "../../../../_lib/path-id"
import { readCart } from "../../answer-cart"
import type { AddSubscriptionItemBody } from "../../validators"

/** `POST /store/carts/:id/subscription-items` */
export const POST = withPortalErrors(
  async (
    req: MedusaStoreRequest<AddSubscriptionItemBody>,
    res: MedusaResponse
  ) => {
    const cart_id = pathId(req)
    await addSubscriptionItemWorkflow(req.scope).run({
      input: { cart_id, ...req.validatedBody },
    })
    res.json({ cart: await readCart(req, cart_id) })
  }
)
