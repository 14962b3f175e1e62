import { previewBillingDay } from "../../../../../../workflows/subscription-changes/change-billing-day"
import { staffPreview } from "../../../../../_lib/subscription-change"

/** `POST /admin/subscriptions/:id/billing-day/preview`: what it would cost. */
export const POST = staffPreview(previewBillingDay)
