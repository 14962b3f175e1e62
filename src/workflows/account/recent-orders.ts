import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { OverviewOrder } from "../../types/account-http"
import type { Tenant } from "../../types/tenant"

/** Whose orders, in which brand. */
export type OrderOwner = { customer_id: string; tenant: Tenant }

type OrderRow = {
  id: string
  display_id: number
  created_at: Date | string
  status: string
  currency_code: string
  summary?: { current_order_total?: number | string | null } | null
  items?: { thumbnail?: string | null }[]
}

const THUMBNAILS = 2

/** What keeps a customer's orders within a tenant. Drafts are a merchant's. */
export const ordersOf = ({ customer_id, tenant }: OrderOwner) => ({
  customer_id,
  is_draft_order: false,
  ...(tenant.sales_channel_ids && {
    sales_channel_id: tenant.sales_channel_ids,
  }),
})

/** The last orders of a customer, and how many there are. */
export async function recentOrders(
  container: MedusaContainer,
  owner: OrderOwner,
  take: number
): Promise<{ orders: OverviewOrder[]; count: number }> {
  const { data, metadata } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "order",
      // Without `total`: core would load all that an order is made of.
      fields: [
        "id",
        "display_id",
        "created_at",
        "status",
        "currency_code",
        "summary.*",
        "items.id",
        "items.thumbnail",
      ],
      filters: ordersOf(owner),
      pagination: { take, skip: 0, order: { created_at: "DESC", id: "DESC" } },
    })
  return {
    orders: (data as unknown as OrderRow[]).map(viewOf),
    count: metadata?.count ?? data.length,
  }
}

function viewOf(row: OrderRow): OverviewOrder {
  const thumbnails = (row.items ?? []).flatMap(({ thumbnail }) =>
    thumbnail ? [thumbnail] : []
  )
  return {
    id: row.id,
    display_id: row.display_id,
    created_at: new Date(row.created_at).toISOString(),
    status: row.status,
    total: Number(row.summary?.current_order_total ?? 0),
    currency_code: row.currency_code,
    thumbnails: [...new Set(thumbnails)].slice(0, THUMBNAILS),
  }
}
