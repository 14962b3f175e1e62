import { changeBillingDay } from "../../../../../../workflows/subscription-changes/change-billing-day"
import { customerChange } from "../../../../../_lib/subscription-change"

/** `POST /store/portal/subscriptions/:id/billing-day` */
export const POST = customerChange(changeBillingDay)
