import type { LinkDefinition } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type { Batch } from "./batch"
import type { PaidRenewal } from "./place-orders"

/** Ties orders to their payments, subscriptions and promotions; repeatable. */
export async function linkOrders(
  { container }: Batch,
  renewals: PaidRenewal[]
): Promise<void> {
  await container.resolve(ContainerRegistrationKeys.LINK).create(
    renewals.flatMap(
      ({ cycle, subscription, quote, order_id }): LinkDefinition[] => [
        {
          [SUBSCRIPTION_MODULE]: { portal_subscription_id: subscription.id },
          [Modules.ORDER]: { order_id },
        },
        ...(cycle.payment_collection_id
          ? [
              {
                [Modules.ORDER]: { order_id },
                [Modules.PAYMENT]: {
                  payment_collection_id: cycle.payment_collection_id,
                },
              },
            ]
          : []),
        ...promotionsOf(quote).map((promotion_id) => ({
          [Modules.ORDER]: { order_id },
          [Modules.PROMOTION]: { promotion_id },
        })),
      ]
    )
  )
}

function promotionsOf({
  items,
  shipping_methods,
}: PaidRenewal["quote"]): string[] {
  const adjustments = [...items, ...shipping_methods].flatMap(
    (line) => line.adjustments
  )
  return [...new Set(adjustments.flatMap((one) => one.promotion_id ?? []))]
}
