import { retryPayment } from "../../../../../../workflows/subscription-actions/charge-now"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/retry-payment` */
export const POST = customerAction(retryPayment, "payment_completed")
