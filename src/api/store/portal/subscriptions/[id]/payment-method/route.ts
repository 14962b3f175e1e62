import { changePaymentMethod } from "../../../../../../workflows/subscription-actions/change-payment-method"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/payment-method` */
export const POST = customerAction(
  changePaymentMethod,
  "payment_method_updated"
)
