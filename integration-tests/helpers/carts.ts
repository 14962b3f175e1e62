import { ok, type HttpClient } from "./http"

/** A cart as the store API answers it; the fields that tests look at. */
export type TestCart = {
  id: string
  email: string | null
  region_id: string
  currency_code: string
  total: number
  subtotal: number
  tax_total: number
  shipping_total: number
  items: { id: string; variant_id: string; quantity: number; total: number }[]
}

export type CartLine = {
  variantId: string
  quantity?: number
  metadata?: Record<string, unknown>
}

export type TestAddress = {
  first_name: string
  last_name: string
  address_1: string
  city: string
  postal_code: string
  country_code: string
  province?: string
}

const CITIES: Record<string, { city: string; postal_code: string }> = {
  de: { city: "Berlin", postal_code: "10435" },
  fr: { city: "Lyon", postal_code: "69001" },
  us: { city: "Portland", postal_code: "97201" },
}

/** An address in a country. */
export function addressIn(country: string): TestAddress {
  return {
    first_name: "Clara",
    last_name: "Customer",
    address_1: "Main Street 1",
    country_code: country,
    ...(CITIES[country] ?? { city: "City", postal_code: "12345" }),
  }
}

/**
 * Creates a cart with lines, e-mail and addresses.
 *
 * @param client with the publishable key; signed in for a customer's cart
 */
export async function createCart(
  client: HttpClient,
  input: {
    regionId: string
    country: string
    lines: CartLine[]
    /** Needed for a guest. */
    email?: string
    address?: TestAddress
    metadata?: Record<string, unknown>
  }
): Promise<TestCart> {
  const address = input.address ?? addressIn(input.country)
  const created = ok(
    await client.post<{ cart: TestCart }>("/store/carts", {
      region_id: input.regionId,
      shipping_address: address,
      billing_address: address,
      ...(input.email && { email: input.email }),
      ...(input.metadata && { metadata: input.metadata }),
    })
  ).cart
  let cart = created
  for (const line of input.lines) {
    cart = await addLine(client, created.id, line)
  }
  return cart
}

export async function addLine(
  client: HttpClient,
  cartId: string,
  line: CartLine
): Promise<TestCart> {
  const response = await client.post<{ cart: TestCart }>(
    `/store/carts/${cartId}/line-items`,
    {
      variant_id: line.variantId,
      quantity: line.quantity ?? 1,
      ...(line.metadata && { metadata: line.metadata }),
    }
  )
  return ok(response).cart
}

export async function addShipping(
  client: HttpClient,
  cartId: string,
  optionId: string
): Promise<TestCart> {
  const response = await client.post<{ cart: TestCart }>(
    `/store/carts/${cartId}/shipping-methods`,
    { option_id: optionId }
  )
  return ok(response).cart
}
