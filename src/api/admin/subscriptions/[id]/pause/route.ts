import { pauseSubscription } from "../../../../../workflows/subscription-actions/actions"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/pause` */
export const POST = staffAction(pauseSubscription)
