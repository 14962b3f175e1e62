import { changeShippingAddress } from "../../../../../workflows/subscription-actions/change-address"
import { staffAction } from "../../../../_lib/subscription-action"

/** `POST /admin/subscriptions/:id/address`: for the next orders. */
export const POST = staffAction(changeShippingAddress)
