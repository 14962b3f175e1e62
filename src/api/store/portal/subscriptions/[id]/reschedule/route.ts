import { rescheduleCharge } from "../../../../../../workflows/subscription-actions/actions"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/reschedule` */
export const POST = customerAction(rescheduleCharge, "subscription_changed")
