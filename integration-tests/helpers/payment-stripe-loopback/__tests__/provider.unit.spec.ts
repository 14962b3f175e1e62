import loopback from ".."
import { StripeLoopbackService } from "../service"
import { createStripeDouble, type StripeDouble } from "../../stripe-double"
import { savedCard } from "../../stripe-double/__tests__/setup"
import { createStripeClient } from "../stripe-client"

let double: StripeDouble
let provider: StripeLoopbackService

beforeAll(async () => {
  double = await createStripeDouble()
  provider = new StripeLoopbackService(
    {},
    {
      apiKey: "sk_test_double",
      webhookSecret: "whsec_double",
      capture: true,
      url: double.url,
    }
  )
})
afterEach(() => double.reset())
afterAll(() => double.close())

const data = (payment_method: string) => ({
  session_id: "payses_1",
  payment_method,
  payment_method_types: ["card"],
  off_session: true,
  confirm: true,
  metadata: { cycle_id: "c1" },
})

async function charge(card: string, idempotency_key: string) {
  const saved = await savedCard(createStripeClient(double.url), card)
  return provider.initiatePayment({
    amount: 20,
    currency_code: "eur",
    data: data(saved.payment_method),
    context: {
      idempotency_key,
      account_holder: { data: { id: saved.customer } },
    },
  })
}

it("is the real provider under the real name", () => {
  expect(StripeLoopbackService.identifier).toBe("stripe")
  expect(loopback).toMatchObject({
    module: "payment",
    services: [StripeLoopbackService],
  })
})

it("charges a saved card through the double", async () => {
  const session = await charge("pm_card_visa", "k1")

  expect(session).toMatchObject({
    status: "captured",
    data: { amount: 2_000, metadata: { session_id: "payses_1" } },
  })
  expect(double.succeededIntents({ cycle_id: "c1" })).toHaveLength(1)
  expect(double.violations).toEqual([])
})

it("tells of declines without throwing", async () => {
  expect(await charge("pm_card_savedLostCard", "k2")).toMatchObject({
    status: "error",
    data: { last_payment_error: { decline_code: "lost_card" } },
  })
})

it("does everything with an account holder", async () => {
  const customer = {
    id: "cus_medusa",
    email: "ann@example.com",
    first_name: "Ann",
    last_name: null,
    phone: null,
    billing_address: {
      address_1: "1 Rue A",
      address_2: null,
      city: "Paris",
      country_code: "fr",
    },
  }
  const holder = await provider.createAccountHolder({
    context: { customer, idempotency_key: "cus_medusa" },
  })
  const account_holder = { data: { id: holder.id } }
  const context = { account_holder, customer } as never

  await provider.updateAccountHolder({ context })
  const setup = await provider.savePaymentMethod({ context, data: {} })
  await createStripeClient(double.url).setupIntents.confirm(setup.id, {
    payment_method: "pm_card_visa",
    return_url: "https://shop.example",
  })
  const [method] = await provider.listPaymentMethods({ context })
  await provider.deletePaymentMethod({
    context,
    data: { id: method?.id ?? "" },
  })

  expect(await provider.listPaymentMethods({ context })).toEqual([])
  await provider.deleteAccountHolder({ context })
  expect(double.violations).toEqual([])
})

it("takes the address from the environment, and needs one", () => {
  const options = { apiKey: "sk_test_x", webhookSecret: "whsec_x" }
  const before = process.env.STRIPE_DOUBLE_URL
  try {
    delete process.env.STRIPE_DOUBLE_URL
    expect(() => new StripeLoopbackService({}, options)).toThrow("url")
    process.env.STRIPE_DOUBLE_URL = double.url
    expect(new StripeLoopbackService({}, options).options).toBe(options)
  } finally {
    if (before === undefined) {
      delete process.env.STRIPE_DOUBLE_URL
    } else {
      process.env.STRIPE_DOUBLE_URL = before
    }
  }
})
