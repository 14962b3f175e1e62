import { rescheduleCharge } from "../../../../../workflows/subscription-actions/actions"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/reschedule` */
export const POST = staffAction(rescheduleCharge)
