import { Modules } from "@medusajs/framework/utils"
import {
  createOrderPaymentCollectionWorkflow,
  createOrderWorkflow,
} from "@medusajs/medusa/core-flows"

import { SYSTEM_PROVIDER } from "../integration-tests/helpers/checkout"
import type { Work } from "./measure"
import type { BenchStore } from "./store"

const ORDERS = 20

/**
 * The floor: one order after the other by core's own workflow, with shipping,
 * payment collection, session, authorization and capture, as a plugin would do it
 * that has no batches.
 */
export async function coreOrders(
  store: BenchStore,
  email: string
): Promise<Work> {
  const customer = await store
    .container()
    .resolve(Modules.CUSTOMER)
    .createCustomers({ email, has_account: true })
  return {
    name: "core: order, payment, capture",
    units: ORDERS,
    prepare: async () => {},
    async run() {
      for (let index = 0; index < ORDERS; index++) {
        await orderWithPayment(store, customer)
      }
    },
  }
}

async function orderWithPayment(
  store: BenchStore,
  customer: { id: string; email: string }
): Promise<void> {
  const { seed } = store
  const container = store.container()
  const region = seed.regions.eur
  const variant = seed.variants["COFFEE-250"]
  if (!region || !variant) {
    throw new Error("The seed has no coffee in Europe")
  }
  const address = {
    first_name: "Clara",
    last_name: "Customer",
    address_1: "Hafenstr. 1",
    city: "Hamburg",
    postal_code: "20457",
    country_code: "de",
  }
  const { result: order } = await createOrderWorkflow(container).run({
    input: {
      region_id: region.id,
      customer_id: customer.id,
      email: customer.email,
      sales_channel_id: seed.salesChannelId,
      currency_code: "eur",
      shipping_address: address,
      billing_address: address,
      items: [
        {
          title: "Coffee",
          variant_id: variant.id,
          quantity: 1,
          unit_price: 9.41,
        },
      ],
      shipping_methods: [
        {
          name: "Standard shipping",
          amount: 4.9,
          shipping_option_id: region.shipping.standard,
        },
      ],
    },
  })
  const amount = Number(order.total)
  const {
    result: [collection],
  } = await createOrderPaymentCollectionWorkflow(container).run({
    input: { order_id: order.id, amount },
  })
  const payments = container.resolve(Modules.PAYMENT)
  const session = await payments.createPaymentSession(collection?.id ?? "", {
    provider_id: SYSTEM_PROVIDER,
    currency_code: "eur",
    amount,
    data: {},
  })
  const payment = await payments.authorizePaymentSession(session.id, {})
  await payments.capturePayment({ payment_id: payment?.id ?? "" })
}
