import { unskipCycles } from "../../../../../../workflows/subscription-actions/actions"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/unskip` */
export const POST = customerAction(unskipCycles)
