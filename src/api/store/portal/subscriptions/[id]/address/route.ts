import { changeShippingAddress } from "../../../../../../workflows/subscription-actions/change-address"
import { customerAction } from "../../../../../_lib/subscription-action"

/** `POST /store/portal/subscriptions/:id/address`: for the next orders. */
export const POST = customerAction(changeShippingAddress, "address_changed")
