import { addToNextOrder } from "../../../../../../workflows/subscription-actions/add-once"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/add-once`: something for the next order. */
export const POST = customerAction(addToNextOrder, "subscription_changed")
