import type { MedusaContainer } from "@medusajs/framework/types"
import { changeAddress } from "../../modules/subscription/domain/actions/change-address"
import type { BillingSubscription } from "../../modules/subscription/domain/billing"
import { chargeView } from "../../modules/subscription/domain/next-charge-view"
import type { PricedCharge } from "../../types/next-charge-http"
import { assertAmount } from "../renewals/expected-amount"
import { quoteCycles } from "../renewals/quote/quote-cycles"
import {
  findSubscription,
  found,
  subscriptionsOf,
} from "../subscription-reads/reader"
import { addressSnapshot } from "../subscriptions/address-snapshot"
import {
  changeSubscription,
  type ActionRequest,
  type ActionResult,
} from "./change-subscription"
import { findDelivery, type DeliveryAddress } from "./find-delivery"

/** Where later orders go, and what the customer agreed to pay for the next. */
export type ChangeAddressInput = {
  shipping_address: DeliveryAddress
  expected_total?: number
}

/**
 * What the next order costs at another address: its taxes and its shipping are
 * computed by what charges.
 *
 * @returns null where it cannot be priced now
 * @throws `not_found`, `address_not_deliverable`
 */
export async function previewAddress(
  container: MedusaContainer,
  request: Pick<ActionRequest, "scope" | "id">,
  address: DeliveryAddress
): Promise<PricedCharge | null> {
  return (await planAddress(container, request, address)).charge
}

/**
 * Sends later orders to another address, with the taxes and the shipping of that
 * place.
 *
 * @throws `not_found`, `address_not_deliverable`, `expected_total` (409),
 * `payment_pending` (409), `charge_in_progress` (409), `action_not_offered`
 */
export async function changeShippingAddress(
  container: MedusaContainer,
  request: ActionRequest,
  { shipping_address, expected_total }: ChangeAddressInput
): Promise<ActionResult> {
  const { delivery, charge } = await planAddress(
    container,
    request,
    shipping_address
  )
  assertAmount(expected_total, charge?.amount)
  return await changeSubscription(container, request, (context) =>
    changeAddress(context, delivery)
  )
}

async function planAddress(
  container: MedusaContainer,
  { scope, id }: Pick<ActionRequest, "scope" | "id">,
  address: DeliveryAddress
) {
  await findSubscription(container, { scope, id })
  const [loaded] = await subscriptionsOf(container).loadBillingSubscriptions([
    id,
  ])
  const subscription: BillingSubscription = found(loaded ?? null)
  const shipping_address = {
    ...addressSnapshot(address),
    country_code: address.country_code,
  }
  const delivery = {
    shipping_address,
    shipping_option_id: await findDelivery(container, subscription, address),
  }
  const result = (
    await quoteCycles(container, [
      { key: id, subscription: { ...subscription, ...delivery } },
    ])
  ).get(id)
  return {
    delivery,
    charge: result && "quote" in result ? chargeView(result.quote) : null,
  }
}
