import { markPaidElsewhere } from "../../../../../workflows/subscription-actions/charge-now"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/mark-paid`: the customer paid elsewhere. */
export const POST = staffAction(markPaidElsewhere)
