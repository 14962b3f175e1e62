import type { CreateOrderDTO } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { CycleQuote } from "../../types/quote"
import type { Batch, Renewal } from "./batch"
import { orderLine } from "./order-line"
import type { RecordedCapture } from "./record-payments"

/** A paid renewal: what its order is made of. */
export type PaidRenewal = Renewal & { quote: CycleQuote; order_id: string }

/**
 * Makes the orders of paid renewals, with the ids that were fixed when they were
 * priced. An order that exists is left alone, so doing this twice is one order.
 *
 * @returns the ids of the orders that this call made
 */
export async function placeOrders(
  { container }: Batch,
  renewals: PaidRenewal[],
  captures: Map<string, RecordedCapture>
): Promise<string[]> {
  const orders = container.resolve(Modules.ORDER)
  const ids = renewals.map(({ order_id }) => order_id)
  const existing = new Set(
    (
      await orders.listOrders({ id: ids }, { select: ["id"], take: ids.length })
    ).map(({ id }) => id)
  )
  const missing = renewals.filter(({ order_id }) => !existing.has(order_id))
  if (missing.length) {
    await orders.createOrders(
      missing.map((renewal) =>
        orderOf(renewal, captures.get(renewal.cycle.id)?.capture_id)
      )
    )
  }
  return missing.map(({ order_id }) => order_id)
}

function orderOf(
  { cycle, subscription, quote, order_id }: PaidRenewal,
  captureId: string | undefined
): CreateOrderDTO {
  const order = {
    id: order_id,
    status: "pending",
    region_id: subscription.region_id,
    customer_id: subscription.customer_id,
    sales_channel_id: subscription.sales_channel_id ?? undefined,
    email: subscription.email,
    currency_code: subscription.currency_code,
    locale: subscription.locale ?? undefined,
    shipping_address: subscription.shipping_address ?? undefined,
    billing_address: subscription.billing_address ?? undefined,
    no_notification: false,
    items: quote.items.map(orderLine),
    shipping_methods: quote.shipping_methods.map((method) => ({ ...method })),
    transactions: captureId
      ? [
          {
            amount: Number(cycle.amount),
            currency_code: subscription.currency_code,
            reference: "capture",
            reference_id: captureId,
          },
        ]
      : [],
    metadata: {
      portal_subscription_id: subscription.id,
      portal_subscription_cycle_id: cycle.id,
      portal_subscription_cycle: cycle.sequence,
      ...(cycle.kind === "change" && { portal_subscription_charge: "change" }),
    },
  }
  return order as unknown as CreateOrderDTO
}
