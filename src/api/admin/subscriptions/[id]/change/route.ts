import {
  changeSubscriptionPlan,
  dropPendingChange,
} from "../../../../../workflows/subscription-changes/change-plan"
import { staffAction } from "../../../../_lib/subscription-action"
import { staffChange } from "../../../../_lib/subscription-change"

/** `POST /admin/subscriptions/:id/change` */
export const POST = staffChange(changeSubscriptionPlan)

/** `DELETE /admin/subscriptions/:id/change`: drops the one that waits. */
export const DELETE = staffAction(dropPendingChange)
