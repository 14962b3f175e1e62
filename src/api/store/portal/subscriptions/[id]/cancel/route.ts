import { cancelSubscription } from "../../../../../../workflows/subscription-actions/actions"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/cancel` */
export const POST = customerAction(cancelSubscription, "subscription_canceled")
