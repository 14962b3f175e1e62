import { reactivateSubscription } from "../../../../../../workflows/subscription-actions/actions"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/reactivate` */
export const POST = customerAction(
  reactivateSubscription,
  "subscription_resumed"
)
