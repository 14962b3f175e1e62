import {
  changeSubscriptionPlan,
  dropPendingChange,
} from "../../../../../../workflows/subscription-changes/change-plan"
import { customerAction } from "../../../../../_lib/subscription-action"
import { customerChange } from "../../../../../_lib/subscription-change"

/** `POST /store/portal/subscriptions/:id/change` */
export const POST = customerChange(changeSubscriptionPlan)

/** `DELETE /store/portal/subscriptions/:id/change`: drops the one that waits. */
export const DELETE = customerAction(dropPendingChange)
