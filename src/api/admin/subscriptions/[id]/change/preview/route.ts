import { previewPlanChange } from "../../../../../../workflows/subscription-changes/change-plan"
import { staffPreview } from "../../../../../_lib/subscription-change"

/** `POST /admin/subscriptions/:id/change/preview`: what it would cost. */
export const POST = staffPreview(previewPlanChange)
