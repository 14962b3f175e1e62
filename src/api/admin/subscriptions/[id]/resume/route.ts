import { resumeSubscription } from "../../../../../workflows/subscription-actions/actions"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/resume` */
export const POST = staffAction(resumeSubscription)
