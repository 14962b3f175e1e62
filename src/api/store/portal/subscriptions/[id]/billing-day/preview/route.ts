import { previewBillingDay } from "../../../../../../../workflows/subscription-changes/change-billing-day"
import { customerPreview } from "../../../../../../_lib/subscription-change"

/** `POST /store/portal/subscriptions/:id/billing-day/preview`: what it would cost. */
export const POST = customerPreview(previewBillingDay)
