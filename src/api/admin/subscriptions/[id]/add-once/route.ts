import { addToNextOrder } from "../../../../../workflows/subscription-actions/add-once"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/add-once` */
export const POST = staffAction(addToNextOrder)
