import { orderNow } from "../../../../../../workflows/subscription-actions/charge-now"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/order-now` */
export const POST = customerAction(orderNow, "subscription_changed")
