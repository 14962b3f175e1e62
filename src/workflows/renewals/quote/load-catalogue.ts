import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

/** A variant as an order line and a stock check need it. */
export type CatalogueVariant = {
  id: string
  title: string | null
  sku: string | null
  barcode: string | null
  thumbnail: string | null
  manage_inventory: boolean
  allow_backorder: boolean
  product: {
    id: string
    title: string
    description: string | null
    subtitle: string | null
    thumbnail: string | null
    handle: string | null
    status: string
    discountable: boolean
    is_giftcard: boolean
    type: { id: string; value: string } | null
    collection: { title: string } | null
    shipping_profile: { id: string } | null
  }
  inventory_items: {
    inventory_item_id: string
    required_quantity: number
    inventory: {
      requires_shipping: boolean
      location_levels: StockLevel[]
    } | null
  }[]
}

/** Stock of one inventory item at one location. */
export type StockLevel = {
  location_id: string
  stocked_quantity: number
  reserved_quantity: number
  stock_locations: { sales_channels: { id: string }[] }[]
}

const FIELDS = [
  "id",
  "title",
  "sku",
  "barcode",
  "thumbnail",
  "manage_inventory",
  "allow_backorder",
  "product.id",
  "product.title",
  "product.description",
  "product.subtitle",
  "product.thumbnail",
  "product.handle",
  "product.status",
  "product.discountable",
  "product.is_giftcard",
  "product.type.id",
  "product.type.value",
  "product.collection.title",
  "product.shipping_profile.id",
  "inventory_items.inventory_item_id",
  "inventory_items.required_quantity",
  "inventory_items.inventory.requires_shipping",
  "inventory_items.inventory.location_levels.location_id",
  "inventory_items.inventory.location_levels.stocked_quantity",
  "inventory_items.inventory.location_levels.reserved_quantity",
  "inventory_items.inventory.location_levels.stock_locations.sales_channels.id",
]

/**
 * Reads the variants of a whole batch at once. A variant that was deleted is
 * missing from the answer.
 */
export async function loadCatalogue(
  container: MedusaContainer,
  variantIds: string[]
): Promise<Map<string, CatalogueVariant>> {
  const ids = [...new Set(variantIds)]
  if (!ids.length) {
    return new Map()
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "variant",
    fields: FIELDS,
    filters: { id: ids },
  })
  const variants = data as unknown as CatalogueVariant[]
  return new Map(variants.map((variant) => [variant.id, variant]))
}
