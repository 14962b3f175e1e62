import { removeFromNextOrder } from "../../../../../../workflows/subscription-actions/add-once"
import { pathId } from "../../../../../_lib/path-id"
import { staffAction } from "../../../../../_lib/subscription-action"

/** `DELETE /admin/subscriptions/:id/add-once/:line_id` */
export const DELETE = staffAction(removeFromNextOrder, (req) => ({
  line_id: pathId(req, "line_id"),
}))
