import { createServer, type IncomingMessage } from "node:http"
import type { AddressInfo } from "node:net"
import { text } from "node:stream/consumers"
import Ajv, { type AnySchemaObject, type ValidateFunction } from "ajv"
import { findTemplate } from "../api/path-template"
import {
  loadApiDescription,
  type ApiDescription,
  type Schema,
} from "../api/description"
import {
  createStripeClient,
  type StripeClient,
} from "../../payment-stripe-loopback/stripe-client"
import { offSession, savedCard, useStripeDouble } from "./setup"

const context = useStripeDouble()
const description = loadApiDescription()
const described = description ? describe : describe.skip

/** Turns OpenAPI 3.0 into JSON Schema: only `nullable` means something else. */
function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(toJsonSchema)
  }
  if (typeof value !== "object" || value === null) {
    return value
  }
  const { nullable, ...rest } = value as Schema
  const converted = Object.fromEntries(
    Object.entries(rest).map(([key, inner]) => [key, toJsonSchema(inner)])
  )
  return nullable === true
    ? { anyOf: [converted, { type: "null" }] }
    : converted
}

function responseChecker({ paths, components }: ApiDescription) {
  const ajv = new Ajv({ strict: false, validateFormats: false })
  ajv.addSchema({ $id: "api", components: toJsonSchema(components) as object })
  const compiled = new Map<Schema, ValidateFunction>()

  return ({ method, path, status, body }: Exchange) => {
    const template = findTemplate(Object.keys(paths), path) ?? ""
    const { responses } = paths[template]?.[method.toLowerCase()] ?? {}
    const response = responses?.[status === 200 ? "200" : "default"]
    const schema = response?.content["application/json"]?.schema
    if (!schema) {
      throw new Error(`${method} ${path} is not described`)
    }
    const validate =
      compiled.get(schema) ??
      ajv.compile(withReferencesTo("api", toJsonSchema(schema)))
    compiled.set(schema, validate)
    return validate(body) === true ? [] : (validate.errors ?? [])
  }
}

/** Lets `#/components/…` point into the schema with this id. */
function withReferencesTo(id: string, schema: unknown): AnySchemaObject {
  return JSON.parse(
    JSON.stringify(schema).replaceAll('"#/components', `"${id}#/components`)
  ) as AnySchemaObject
}

/** Uses everything of the API that the double has. */
async function useEverything(stripe: StripeClient): Promise<void> {
  const saved = await savedCard(stripe)
  const { customer, payment_method } = saved
  const shipping = { name: "Ann", address: { line1: "1 Rue A" } }
  await stripe.customers.update(customer, {
    address: { line1: "1 Rue A" },
    invoice_settings: { default_payment_method: payment_method },
    shipping,
    expand: ["invoice_settings.default_payment_method"],
  })
  await stripe.customers.listPaymentMethods(customer, { limit: 100 })
  await stripe.customers.retrievePaymentMethod(customer, payment_method)
  await stripe.paymentMethods.update(payment_method, {
    billing_details: { name: "Ann" },
    card: { exp_month: 1, exp_year: 2041 },
  })
  await stripe.paymentMethods.list({ customer, type: "card" })
  const paid = await stripe.paymentIntents.create({
    ...offSession(saved),
    shipping,
    expand: ["latest_charge.refunds", "customer", "payment_method"],
  })
  const refund = await stripe.refunds.create({
    payment_intent: paid.id,
    amount: 100,
    expand: ["charge", "payment_intent"],
  })
  await stripe.refunds.retrieve(refund.id)
  await stripe.refunds.update(refund.id, { metadata: { a: "1" } })
  await stripe.refunds.list()
  const charges = await stripe.charges.list({ customer })
  await stripe.charges.update(charges.data[0]?.id ?? "", { description: "x" })
  await stripe.paymentIntents.list({ customer, expand: ["data.customer"] })
  await stripe.paymentIntents.search({ query: `status:"succeeded"` })
  await useSetupIntents(stripe, customer)
  await useFailures(stripe, customer)
  await stripe.customers.list()
  await stripe.customers.del(customer)
  await stripe.customers.retrieve(customer)
  const events = await stripe.events.list({ limit: 100 })
  await stripe.events.retrieve(events.data[0]?.id ?? "")
}

async function useSetupIntents(stripe: StripeClient, customer: string) {
  const setup = await stripe.setupIntents.create({ customer })
  await stripe.setupIntents.update(setup.id, { description: "card" })
  await stripe.setupIntents.confirm(setup.id, {
    payment_method: "pm_card_authenticationRequired",
    return_url: "https://shop.example",
  })
  context.double.authenticate(setup.id, "failure")
  await stripe.setupIntents.retrieve(setup.id)
  await stripe.setupIntents.cancel(setup.id)
  await stripe.setupIntents.list({ customer })
}

async function useFailures(stripe: StripeClient, customer: string) {
  const price = { amount: 500, currency: "eur", customer }
  const open = await stripe.paymentIntents.create(price)
  await stripe.paymentIntents.update(open.id, { amount: 600 })
  const confirm = (payment_method: string) =>
    stripe.paymentIntents.confirm(open.id, {
      payment_method,
      return_url: "https://shop.example",
    })
  await confirm("pm_card_visa_chargeDeclined").catch(() => undefined)
  await confirm("pm_card_authenticationRequired")
  await stripe.paymentIntents.retrieve(open.id)
  await stripe.paymentIntents.cancel(open.id)
  await stripe.paymentIntents.cancel(open.id).catch(() => undefined)
  await stripe.customers.retrieve("cus_none").catch(() => undefined)
  await stripe.paymentMethods.retrieve("pm_none").catch(() => undefined)
}

interface Exchange {
  method: string
  path: string
  status: number
  body: unknown
}

/** Stands between client and double and keeps what they say. */
async function listenIn(target: string) {
  const exchanges: Exchange[] = []
  const server = createServer((incoming, outgoing) => {
    void forward(target, incoming).then(({ exchange, raw }) => {
      exchanges.push(exchange)
      outgoing.writeHead(exchange.status).end(raw)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return { exchanges, server, url: `http://127.0.0.1:${port}` }
}

async function forward(target: string, incoming: IncomingMessage) {
  const { method = "GET", url = "/", headers } = incoming
  const sent = await text(incoming)
  const response = await fetch(target + url, {
    method,
    headers: {
      authorization: String(headers.authorization),
      "stripe-version": String(headers["stripe-version"]),
    },
    body: method === "POST" ? sent : undefined,
  })
  const raw = await response.text()
  const [path = ""] = url.split("?")
  const body: unknown = JSON.parse(raw)
  return { raw, exchange: { method, path, status: response.status, body } }
}

described("every answer of the double", () => {
  it("fits Stripe's description of it", async () => {
    const { double } = context
    const check = responseChecker(description as ApiDescription)
    const { exchanges, server, url } = await listenIn(double.url)

    await useEverything(createStripeClient(url))
    server.closeAllConnections()
    server.close()

    const wrong = exchanges
      .map((exchange) => ({ exchange, errors: check(exchange) }))
      .filter(({ errors }) => errors.length > 0)
    expect(wrong).toEqual([])
    expect(exchanges).toHaveLength(double.requests.length)
    expect(double.violations).toEqual([])
  })
})
