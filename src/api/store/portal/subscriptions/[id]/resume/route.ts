import { resumeSubscription } from "../../../../../../workflows/subscription-actions/actions"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/resume` */
export const POST = customerAction(resumeSubscription, "subscription_resumed")
