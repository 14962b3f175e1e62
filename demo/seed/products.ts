import {
  createInventoryLevelsWorkflow,
  createProductsWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ProductStatus } from "@medusajs/framework/utils"

import type { ProductData } from "./data"
import { find } from "./lookup"

export type SeededVariant = {
  id: string
  productId: string
  sku: string
  /** Null when stock is not counted. */
  inventoryItemId: string | null
}

export type ProductPlace = {
  salesChannelId: string
  locationId: string
  shippingProfileId: string
  /** Prices in other currencies are left out. */
  currencies: string[]
}

/** Creates the products that are missing. Answers all of `data` by SKU. */
export async function seedProducts(
  container: MedusaContainer,
  data: ProductData[],
  place: ProductPlace
): Promise<Record<string, SeededVariant>> {
  const existing = await find<{ handle: string }>(
    container,
    "product",
    ["handle"],
    { handle: data.map((product) => product.handle) }
  )
  const known = new Set(existing.map((product) => product.handle))
  const missing = data.filter((product) => !known.has(product.handle))
  if (missing.length) {
    await createProductsWorkflow(container).run({
      input: { products: missing.map((product) => toInput(product, place)) },
    })
  }
  const variants = await readVariants(container, data)
  await stockUp(container, missing, variants, place.locationId)
  return variants
}

function toInput(product: ProductData, place: ProductPlace) {
  return {
    handle: product.handle,
    title: product.title,
    subtitle: product.subtitle,
    description: product.description,
    status: ProductStatus.PUBLISHED,
    shipping_profile_id: product.physical ? place.shippingProfileId : undefined,
    sales_channels: [{ id: place.salesChannelId }],
    options: [
      {
        title: product.option,
        values: product.variants.map((variant) => variant.title),
      },
    ],
    variants: product.variants.map((variant) => ({
      title: variant.title,
      sku: variant.sku,
      manage_inventory: variant.stock !== null,
      options: { [product.option]: variant.title },
      prices: Object.entries(variant.prices)
        .filter(([currency]) => place.currencies.includes(currency))
        .map(([currency_code, amount]) => ({ currency_code, amount })),
    })),
  }
}

async function readVariants(
  container: MedusaContainer,
  data: ProductData[]
): Promise<Record<string, SeededVariant>> {
  type Row = {
    id: string
    product_id: string
    sku: string
    inventory_items?: { inventory_item_id: string }[]
  }
  const rows = await find<Row>(
    container,
    "variant",
    ["id", "sku", "product_id", "inventory_items.inventory_item_id"],
    { sku: data.flatMap(({ variants }) => variants.map(({ sku }) => sku)) }
  )
  return Object.fromEntries(
    rows.map((row) => [
      row.sku,
      {
        id: row.id,
        productId: row.product_id,
        sku: row.sku,
        inventoryItemId: row.inventory_items?.[0]?.inventory_item_id ?? null,
      },
    ])
  )
}

async function stockUp(
  container: MedusaContainer,
  products: ProductData[],
  variants: Record<string, SeededVariant>,
  locationId: string
): Promise<void> {
  const inventory_levels = products
    .flatMap((product) => product.variants)
    .flatMap(({ sku, stock }) => {
      const inventory_item_id = variants[sku]?.inventoryItemId
      return stock !== null && inventory_item_id
        ? [
            {
              inventory_item_id,
              location_id: locationId,
              stocked_quantity: stock,
            },
          ]
        : []
    })
  if (inventory_levels.length) {
    await createInventoryLevelsWorkflow(container).run({
      input: { inventory_levels },
    })
  }
}
