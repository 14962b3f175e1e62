import { acceptRetentionOffer } from "../../../../../../workflows/subscription-actions/actions"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/accept-offer` */
export const POST = customerAction(acceptRetentionOffer, "subscription_paused")
