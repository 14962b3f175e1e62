import { cancelSubscription } from "../../../../../workflows/subscription-actions/actions"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/cancel` */
export const POST = staffAction(cancelSubscription)
