import { unparkSubscription } from "../../../../../workflows/subscription-actions/actions"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/unpark` */
export const POST = staffAction(unparkSubscription)
