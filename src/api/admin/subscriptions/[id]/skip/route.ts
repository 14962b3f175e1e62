import { skipCycles } from "../../../../../workflows/subscription-actions/actions"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/skip` */
export const POST = staffAction(skipCycles)
