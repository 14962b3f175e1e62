import {
  createCustomerAddressesWorkflow,
  deleteCustomerAddressesWorkflow,
  updateCustomerAddressesWorkflow,
} from "@medusajs/medusa/core-flows"
import type {
  CustomerAddressDTO,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type { AddressView } from "../../types/account-http"
import { exclusively } from "../payments/exclusively"

/** More than anybody has; a list is never longer. */
const MOST = 100
/** Long enough for many at once on a slow machine: all of them are answered. */
const WAIT_MS = 60_000

/** What a customer says of an address. */
export type AddressInput = Partial<Omit<AddressView, "id">>

/** All addresses of a customer, the oldest first. */
export async function listAddresses(
  container: MedusaContainer,
  customer_id: string
): Promise<AddressView[]> {
  const rows = await container
    .resolve(Modules.CUSTOMER)
    .listCustomerAddresses(
      { customer_id },
      { order: { created_at: "ASC", id: "ASC" }, take: MOST }
    )
  return rows.map(viewOf)
}

/**
 * One address of a customer's.
 *
 * @throws `not_found`
 */
export async function retrieveAddress(
  container: MedusaContainer,
  key: { customer_id: string; id: string }
): Promise<AddressView> {
  const { customer_id, id } = key
  const [row] = await container
    .resolve(Modules.CUSTOMER)
    .listCustomerAddresses({ id: [id], customer_id }, { take: 1 })
  if (!row) {
    throw portalError("not_found")
  }
  return viewOf(row)
}

/**
 * Adds an address.
 *
 * @throws `not_allowed` (400) where the customer has a hundred; `address_busy`
 */
export async function createAddress(
  container: MedusaContainer,
  customer_id: string,
  address: AddressInput
): Promise<AddressView> {
  return await oneAtATime(container, customer_id, async () => {
    const [, count] = await container
      .resolve(Modules.CUSTOMER)
      .listAndCountCustomerAddresses(
        { customer_id },
        { select: ["id"], take: 1 }
      )
    if (count >= MOST) {
      throw portalError("not_allowed", {
        message: `A customer can have ${MOST} addresses.`,
      })
    }
    const { result } = await createCustomerAddressesWorkflow(container).run({
      input: { addresses: [{ ...address, customer_id }] },
    })
    return viewOf(only(result))
  })
}

/**
 * Changes an address.
 *
 * @throws `not_found`
 */
export async function updateAddress(
  container: MedusaContainer,
  key: { customer_id: string; id: string },
  change: AddressInput
): Promise<AddressView> {
  return await oneAtATime(container, key.customer_id, async () => {
    const before = await retrieveAddress(container, key)
    if (!Object.keys(change).length) {
      return before
    }
    const { result } = await updateCustomerAddressesWorkflow(container).run({
      input: {
        selector: { id: [key.id], customer_id: key.customer_id },
        update: change,
      },
    })
    return viewOf(only(result))
  })
}

/**
 * Deletes an address.
 *
 * @throws `not_found`, also the second time
 */
export async function deleteAddress(
  container: MedusaContainer,
  key: { customer_id: string; id: string }
): Promise<void> {
  await oneAtATime(container, key.customer_id, async () => {
    await retrieveAddress(container, key)
    await deleteCustomerAddressesWorkflow(container).run({
      input: { ids: [key.id] },
    })
  })
}

/**
 * Core takes the mark of the old default away and then sets the new one, in two
 * transactions: two at once meet its unique index, and one would fail. So changes of
 * one customer's addresses wait for each other.
 *
 * @throws `address_busy` (409) after a minute
 */
async function oneAtATime<T>(
  container: MedusaContainer,
  customer_id: string,
  work: () => Promise<T>
): Promise<T> {
  return await exclusively(container, `addresses:${customer_id}`, work, {
    busy: "address_busy",
    wait_ms: WAIT_MS,
  })
}

function only(result: CustomerAddressDTO[]): CustomerAddressDTO {
  const [row] = result
  if (!row) {
    throw portalError("not_found")
  }
  return row
}

function viewOf(row: CustomerAddressDTO): AddressView {
  return {
    id: row.id,
    address_name: row.address_name ?? null,
    company: row.company ?? null,
    first_name: row.first_name ?? null,
    last_name: row.last_name ?? null,
    address_1: row.address_1 ?? null,
    address_2: row.address_2 ?? null,
    city: row.city ?? null,
    province: row.province ?? null,
    postal_code: row.postal_code ?? null,
    country_code: row.country_code ?? null,
    phone: row.phone ?? null,
    is_default_shipping: row.is_default_shipping,
    is_default_billing: row.is_default_billing,
  }
}
