import { pauseSubscription } from "../../../../../../workflows/subscription-actions/actions"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/pause` */
export const POST = customerAction(pauseSubscription, "subscription_paused")
