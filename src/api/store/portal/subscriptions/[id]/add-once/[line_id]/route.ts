import { removeFromNextOrder } from "../../../../../../../workflows/subscription-actions/add-once"
import { pathId } from "../../../../../../_lib/path-id"
import { customerAction } from "../../../../../../_lib/subscription-action"

/** `DELETE /store/portal/subscriptions/:id/add-once/:line_id` */
export const DELETE = customerAction(removeFromNextOrder, undefined, (req) => ({
  line_id: pathId(req, "line_id"),
}))
