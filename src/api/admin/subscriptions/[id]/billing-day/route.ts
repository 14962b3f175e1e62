import { changeBillingDay } from "../../../../../workflows/subscription-changes/change-billing-day"
import { staffChange } from "../../../../_lib/subscription-change"

/** `POST /admin/subscriptions/:id/billing-day` */
export const POST = staffChange(changeBillingDay)
