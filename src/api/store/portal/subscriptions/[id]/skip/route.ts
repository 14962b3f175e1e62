import { skipCycles } from "../../../../../../workflows/subscription-actions/actions"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/skip` */
export const POST = customerAction(skipCycles, "subscription_skipped")
