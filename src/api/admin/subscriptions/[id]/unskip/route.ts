import { unskipCycles } from "../../../../../workflows/subscription-actions/actions"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/unskip` */
export const POST = staffAction(unskipCycles)
