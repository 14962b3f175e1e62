import type { MedusaContainer } from "@medusajs/framework/types"
import { meterAmount } from "../../modules/subscription/domain/meter-price"
import type { UsageView } from "../../types/meters"
import {
  findSubscription,
  found,
  subscriptionsOf,
  type SubscriptionKey,
} from "./reader"

/**
 * What was used and is not charged yet, at what it costs by now: the amounts are
 * computed by what charges.
 *
 * @throws `not_found`
 */
export async function retrieveUsage(
  container: MedusaContainer,
  key: SubscriptionKey
): Promise<UsageView<Date>> {
  const { row } = await findSubscription(container, key)
  const [loaded] = await subscriptionsOf(container).loadBillingSubscriptions([
    row.id,
  ])
  const { plan, usage, currency_code } = found(loaded ?? null)
  return {
    currency_code,
    next_charge_at: row.next_charge_at,
    meters: (plan.meters ?? []).map((meter) => {
      const quantity =
        usage?.find((one) => one.meter === meter.key)?.quantity ?? 0
      return {
        key: meter.key,
        name: meter.name,
        unit: meter.unit ?? null,
        included: meter.included ?? 0,
        quantity,
        amount: meterAmount(meter, quantity, currency_code),
      }
    }),
  }
}
