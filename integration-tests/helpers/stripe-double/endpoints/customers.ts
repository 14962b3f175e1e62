import { invalidParams, missing } from "../http/errors"
import { listPage } from "../http/list"
import type { Params } from "../http/params"
import { customerOf } from "../model/lookup"
import type { Customer } from "../model/objects"
import {
  attachPaymentMethod,
  detachPaymentMethod,
  resolvePaymentMethod,
} from "../model/payment-methods"
import { emit, type World } from "../model/world"
import { pathValue, type Route } from "./route"
import { readAddress, readShipping, readText } from "./shared-params"

const PATH = "/v1/customers"

/** Endpoints of customers. */
export const customerRoutes: Route[] = [
  { method: "POST", path: PATH, kind: "customer", handle: create },
  {
    method: "GET",
    path: PATH,
    kind: "customer",
    list: true,
    handle: list,
  },
  {
    method: "GET",
    path: `${PATH}/{customer}`,
    kind: "customer",
    handle: ({ store }, _params, path) => {
      const id = pathValue(path, "customer")
      const found = store.customers.get(id)
      if (!found) {
        throw missing("customer", id, "id")
      }
      return found
    },
  },
  {
    method: "POST",
    path: `${PATH}/{customer}`,
    kind: "customer",
    handle: (world, params, path) => {
      const customer = customerOf(world.store, pathValue(path, "customer"))
      apply(world, customer, params)
      emit(world, "customer.updated", customer)
      return customer
    },
  },
  {
    method: "DELETE",
    path: `${PATH}/{customer}`,
    kind: "customer",
    handle: (world, _params, path) =>
      remove(world, customerOf(world.store, pathValue(path, "customer"))),
  },
]

function create(world: World, params: Params): Customer {
  const id = world.ids.next("cus")
  const customer: Customer = {
    id,
    object: "customer",
    address: null,
    balance: 0,
    created: world.now(),
    currency: null,
    default_source: null,
    delinquent: false,
    description: null,
    discount: null,
    email: null,
    invoice_prefix: id.slice(-8).toUpperCase(),
    invoice_settings: {
      custom_fields: null,
      default_payment_method: null,
      footer: null,
      rendering_options: null,
    },
    livemode: false,
    metadata: {},
    name: null,
    next_invoice_sequence: 1,
    phone: null,
    preferred_locales: [],
    shipping: null,
    tax_exempt: "none",
    test_clock: null,
  }
  world.store.customers.set(id, customer)
  try {
    saveCard(world, customer, params)
    apply(world, customer, params)
  } catch (error) {
    world.store.customers.delete(id)
    throw error
  }
  emit(world, "customer.created", customer)
  return customer
}

function saveCard(world: World, customer: Customer, params: Params): void {
  const methodId = params.id("payment_method")
  if (methodId !== undefined) {
    const method = resolvePaymentMethod(world, methodId, "payment_method")
    attachPaymentMethod(world, method, customer.id)
  }
}

function apply(world: World, customer: Customer, params: Params): void {
  const email = readText(params, "email", customer.email)
  if (email !== null && !email.includes("@")) {
    throw invalidParams(`Invalid email address: ${email}`, {
      code: "email_invalid",
      param: "email",
    })
  }
  const address = params.nested("address")
  const settings = params.nested("invoice_settings")
  const defaultMethod = settings?.text("default_payment_method")
  if (defaultMethod) {
    assertOwns(world, customer, defaultMethod)
  }
  Object.assign(customer, {
    email,
    address: address
      ? readAddress(address, customer.address ?? undefined)
      : address === null
        ? null
        : customer.address,
    balance: params.integer("balance") ?? customer.balance,
    description: readText(params, "description", customer.description),
    metadata: params.metadata(customer.metadata),
    name: readText(params, "name", customer.name),
    phone: readText(params, "phone", customer.phone),
    preferred_locales:
      params.list("preferred_locales") ?? customer.preferred_locales,
    shipping: readShipping(params, customer.shipping),
    tax_exempt: params.text("tax_exempt") ?? customer.tax_exempt,
  })
  if (defaultMethod !== undefined) {
    customer.invoice_settings.default_payment_method = defaultMethod
  }
}

function assertOwns(world: World, customer: Customer, methodId: string): void {
  if (world.store.paymentMethods.get(methodId)?.customer !== customer.id) {
    throw missing(
      "PaymentMethod",
      methodId,
      "invoice_settings[default_payment_method]",
      400
    )
  }
}

function list(world: World, params: Params): object {
  const email = params.text("email")
  const alive = [...world.store.customers.values()].filter(
    (customer): customer is Customer => !("deleted" in customer)
  )
  const wanted = alive.filter((customer) => !email || customer.email === email)
  return listPage(wanted, params, PATH)
}

function remove(world: World, customer: Customer): object {
  for (const method of world.store.paymentMethods.values()) {
    if (method.customer === customer.id) {
      detachPaymentMethod(world, method)
    }
  }
  emit(world, "customer.deleted", customer)
  const gone = { id: customer.id, object: "customer", deleted: true } as const
  world.store.customers.set(customer.id, gone)
  return gone
}
