import { previewPlanChange } from "../../../../../../../workflows/subscription-changes/change-plan"
import { customerPreview } from "../../../../../../_lib/subscription-change"

/** `POST /store/portal/subscriptions/:id/change/preview`: what it would cost. */
export const POST = customerPreview(previewPlanChange)
