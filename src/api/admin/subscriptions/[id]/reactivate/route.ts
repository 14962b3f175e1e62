import { reactivateSubscription } from "../../../../../workflows/subscription-actions/actions"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/reactivate` */
export const POST = staffAction(reactivateSubscription)
