import { cardError, invalidParams, invalidState, missing } from "../http/errors"
import { listPage } from "../http/list"
import type { Params } from "../http/params"
import { cardByNumber, cardByToken } from "../model/cards"
import { customerOf, paymentMethodOf } from "../model/lookup"
import type { PaymentMethod } from "../model/objects"
import {
  attachPaymentMethod,
  createPaymentMethod,
  detachPaymentMethod,
  resolvePaymentMethod,
} from "../model/payment-methods"
import { emit, type World } from "../model/world"
import { pathValue, type Route } from "./route"
import { readBilling } from "./shared-params"

const PATH = "/v1/payment_methods"
const ONE = `${PATH}/{payment_method}`
const OF_CUSTOMER = "/v1/customers/{customer}/payment_methods"
const kind = "payment_method"

/** Endpoints of payment methods; the double knows only cards. */
export const paymentMethodRoutes: Route[] = [
  { method: "POST", path: PATH, kind, handle: create },
  {
    method: "GET",
    path: PATH,
    kind,
    list: true,
    handle: (world, params) => list(world, params, params.id("customer"), PATH),
  },
  {
    method: "GET",
    path: OF_CUSTOMER,
    kind,
    list: true,
    handle: (world, params, path) => {
      const customer = customerOf(world.store, pathValue(path, "customer"))
      const url = `/v1/customers/${customer.id}/payment_methods`
      return list(world, params, customer.id, url)
    },
  },
  {
    method: "GET",
    path: `${OF_CUSTOMER}/{payment_method}`,
    kind,
    handle: ({ store }, _params, path) => {
      const id = pathValue(path, "payment_method")
      const customer = customerOf(store, pathValue(path, "customer"))
      const found = store.paymentMethods.get(id)
      if (found?.customer !== customer.id) {
        throw missing("PaymentMethod", id, "payment_method")
      }
      return found
    },
  },
  {
    method: "GET",
    path: ONE,
    kind,
    handle: (world, _params, path) =>
      resolvePaymentMethod(world, pathValue(path, "payment_method")),
  },
  { method: "POST", path: ONE, kind, handle: update },
  {
    method: "POST",
    path: `${ONE}/attach`,
    kind,
    handle: (world, params, path) => {
      const customerId = params.id("customer") ?? ""
      const customer = customerOf(world.store, customerId, "customer")
      const method = resolvePaymentMethod(
        world,
        pathValue(path, "payment_method")
      )
      attachPaymentMethod(world, method, customer.id)
      return method
    },
  },
  {
    method: "POST",
    path: `${ONE}/detach`,
    kind,
    handle: (world, _params, path) => {
      const id = pathValue(path, "payment_method")
      const method = paymentMethodOf(world.store, id)
      if (method.customer === null) {
        throw invalidState(
          "The payment method you provided is not attached to a customer so detachment is impossible."
        )
      }
      detachPaymentMethod(world, method)
      return method
    },
  },
]

function create(world: World, params: Params): PaymentMethod {
  const type = params.id("type")
  const card = params.nested("card")
  if (type !== "card" || !card) {
    throw invalidParams("The Stripe double knows only cards.", {
      param: type === "card" ? "card" : "type",
    })
  }
  return createPaymentMethod(world, {
    ...readCard(card),
    billing: readBilling(params),
    metadata: params.metadata({}),
  })
}

function readCard(sent: Params) {
  const token = sent.id("token")
  if (token !== undefined) {
    const card = cardByToken(token)
    if (!card) {
      throw missing("token", token, "card[token]", 400)
    }
    return { card }
  }
  const card = cardByNumber(sent.id("number") ?? "")
  if (!card) {
    throw cardError("Your card number is incorrect.", {
      code: "incorrect_number",
      param: "number",
    })
  }
  return {
    card,
    expiry: {
      month: sent.integer("exp_month") ?? 1,
      year: sent.integer("exp_year") ?? 0,
    },
    cvcChecked: sent.has("cvc"),
  }
}

function update(
  world: World,
  params: Params,
  path: Record<string, string>
): PaymentMethod {
  const method = paymentMethodOf(world.store, pathValue(path, "payment_method"))
  if (method.customer === null) {
    throw invalidState(
      "You must save this PaymentMethod to a customer before you can update it."
    )
  }
  const card = params.nested("card")
  method.billing_details = readBilling(params, method.billing_details)
  method.metadata = params.metadata(method.metadata)
  method.card.exp_month = card?.integer("exp_month") ?? method.card.exp_month
  method.card.exp_year = card?.integer("exp_year") ?? method.card.exp_year
  emit(world, "payment_method.updated", method)
  return method
}

function list(
  world: World,
  params: Params,
  customerId: string | undefined,
  url: string
): object {
  const type = params.id("type") ?? "card"
  const attached = [...world.store.paymentMethods.values()].filter(
    (method) =>
      method.type === type &&
      method.customer !== null &&
      method.customer === (customerId ?? method.customer)
  )
  return listPage(attached, params, url)
}
