import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import type { PortalTestApp } from "../../helpers"

/** What the database says of a renewal's money. Numerics are decimal text. */
export type Books = {
  subscription_id: string
  status: string
  order_id: string
  provider_payment_id: string | null
  cycle: string
  attempts: string[]
  collection: string
  collection_captured: string
  collection_status: string
  payments: string[]
  captures: string[]
  transactions: string[]
}

/** The books of the first renewal of each subscription. */
export async function readBooks(
  app: PortalTestApp,
  ids: string[]
): Promise<Map<string, Books>> {
  const rows = await app.db<Books>(
    `select c.subscription_id, c.status, c.order_id, c.provider_payment_id,
       c.amount::text as cycle,
       array(select a.amount::text from portal_charge_attempt a
              where a.cycle_id = c.id) as attempts,
       pc.amount::text as collection, pc.captured_amount::text as collection_captured,
       pc.status as collection_status,
       array(select p.amount::text from payment p
              where p.payment_collection_id = pc.id) as payments,
       array(select x.amount::text from capture x
               join payment p on p.id = x.payment_id
              where p.payment_collection_id = pc.id) as captures,
       array(select t.amount::text from order_transaction t
              where t.order_id = c.order_id) as transactions
     from portal_subscription_cycle c
     left join payment_collection pc on pc.id = c.payment_collection_id
     where c.sequence = 1 and c.subscription_id = any(?)`,
    [ids]
  )
  return new Map(rows.map((row) => [row.subscription_id, row]))
}

type Line = { tax_lines: { rate: number }[]; adjustments: { amount: number }[] }

/** A renewal's order as Medusa answers it, its totals computed anew. */
export type RenewalOrder = {
  id: string
  currency_code: string
  total: number
  tax_total: number
  discount_total: number
  shipping_total: number
  items: (Line & { quantity: number; unit_price: number })[]
  shipping_methods: (Line & { amount: number })[]
  summary: { paid_total: number; pending_difference: number }
}

/** Reads orders with their totals. */
export async function readOrders(
  app: PortalTestApp,
  ids: string[]
): Promise<Map<string, RenewalOrder>> {
  const { data } = await app
    .container()
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "order",
      fields: [
        "id",
        "currency_code",
        "total",
        "tax_total",
        "discount_total",
        "shipping_total",
        "summary.*",
        "items.*",
        "items.tax_lines.*",
        "items.adjustments.*",
        "shipping_methods.*",
        "shipping_methods.tax_lines.*",
        "shipping_methods.adjustments.*",
      ],
      filters: { id: ids },
    })
  // Medusa's big numbers become numbers as they do on their way to a browser.
  const orders = JSON.parse(JSON.stringify(data)) as RenewalOrder[]
  return new Map(orders.map((order) => [order.id, order]))
}
