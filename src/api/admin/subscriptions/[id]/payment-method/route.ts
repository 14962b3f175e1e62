import { changePaymentMethod } from "../../../../../workflows/subscription-actions/change-payment-method"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/payment-method` */
export const POST = staffAction(changePaymentMethod)
