import { loadApiDescription } from "./api/description"
import type { StripeDouble, StripeDoubleOptions } from "./double"
import { Faults } from "./http/faults"
import { IdempotencyKeys } from "./http/idempotency"
import { Pipeline } from "./http/pipeline"
import { RequestLog, type RequestRecord } from "./http/request-log"
import { WebhookSender } from "./http/webhooks"
import { authenticate } from "./model/authentication"
import { IdFactory } from "./model/ids"
import { cardStateOf } from "./model/lookup"
import type { Metadata, StripeEvent } from "./model/objects"
import { Store } from "./model/store"
import { API_VERSION, type World } from "./model/world"
import { createHttpServer, listen, stop } from "./server"

/**
 * Starts a stateful HTTP server on loopback that behaves like Stripe.
 *
 * @example
 * const double = await createStripeDouble()
 * process.env.STRIPE_DOUBLE_URL = double.url
 */
export async function createStripeDouble(
  options: StripeDoubleOptions = {}
): Promise<StripeDouble> {
  const { host = "127.0.0.1", now = Date.now } = options
  const first = { store: new Store(), keys: new IdempotencyKeys() }
  const { store } = first
  const accounts = new Map(
    (options.accounts ?? []).map((name) => [
      name,
      { store: new Store(), keys: new IdempotencyKeys() },
    ])
  )
  const everyAccount = [first, ...accounts.values()]
  const ids = new IdFactory(options.idNamespace ?? "")
  const faults = new Faults()
  const log = new RequestLog()
  const sender = new WebhookSender()
  let baseUrl = ""
  let latencyMs = options.latencyMs ?? 0

  const worldFor = (
    request: RequestRecord | undefined,
    spoilAnswer: World["spoilAnswer"]
  ): World => ({
    store: accounts.get(request?.account ?? "")?.store ?? store,
    ids,
    baseUrl,
    apiVersion: request?.apiVersion ?? API_VERSION,
    searchLagSeconds: options.searchLagSeconds ?? 0,
    request: {
      id: request?.id ?? null,
      idempotencyKey: request?.idempotencyKey ?? null,
    },
    now: () => Math.floor(now() / 1000),
    publish: (event) => sender.publish(event),
    spoilAnswer,
  })
  const customerWorld = () => worldFor(undefined, () => undefined)

  const pipeline = new Pipeline({
    description: loadApiDescription(options.descriptionFile),
    faults,
    keysFor: ({ account }) => accounts.get(account)?.keys ?? first.keys,
    log,
    latencyMs: () => latencyMs,
    worldFor,
  })
  const server = createHttpServer({
    pipeline,
    newRequestId: () => ids.next("req"),
    customerWorld,
    accountOf: (authorization = "") => {
      const name = /_test_(\S+)$/.exec(authorization)?.[1] ?? ""
      return accounts.has(name) ? name : ""
    },
  })
  const port = await listen(server, host, options.port ?? 0)
  baseUrl = `http://${host}:${port}`

  return {
    url: baseUrl,
    host,
    port,
    requests: log.requests,
    violations: log.violations,
    state: store,
    account: (name) => {
      const found = accounts.get(name)
      if (!found) {
        throw new Error(`The double has no account "${name}"`)
      }
      return found.store
    },
    deliveries: sender.deliveries,

    close: async () => {
      faults.clear()
      await stop(server)
      await sender.settled()
    },
    reset: () => {
      faults.clear()
      log.clear()
      sender.clear()
      everyAccount.forEach((account) => {
        account.keys.clear()
        account.store.clear()
      })
      latencyMs = options.latencyMs ?? 0
    },

    script: (script) => faults.add(script),
    hold: (spec) => faults.hold(spec),
    onRequest: (listener) => log.subscribe(listener),
    waitFor: (filter, wait) => log.waitFor(filter, wait),
    setLatency: (milliseconds) => {
      latencyMs = milliseconds
    },
    forgetIdempotencyKeys: () => {
      everyAccount.forEach(({ keys }) => keys.clear())
    },

    setCardBehaviour: (paymentMethodId, behaviour) => {
      const state = cardStateOf(store, paymentMethodId)
      state.behaviour = behaviour
      state.declined = 0
    },
    authenticate: (intentId, outcome = "success") =>
      structuredClone(authenticate(customerWorld(), intentId, outcome)),

    webhooks: (endpoint) => sender.configure(endpoint),
    deliver: async (eventId, { times = 1 } = {}) => {
      const event = eventOf(
        everyAccount.map((account) => account.store),
        eventId
      )
      return Promise.all(
        Array.from({ length: times }, () => sender.deliver(event))
      )
    },
    webhooksSettled: () => sender.settled(),
    events: (type) =>
      everyAccount
        .flatMap((account) => [...account.store.events.values()])
        .filter((event) => type === undefined || event.type === type),

    capturedCharges: ({ customer, metadata = {} } = {}) =>
      [...store.charges.values()].filter(
        (charge) =>
          charge.captured &&
          (customer === undefined || charge.customer === customer) &&
          includes(charge.metadata, metadata)
      ),
    succeededIntents: (metadata = {}) =>
      [...store.paymentIntents.values()].filter(
        (intent) =>
          intent.status === "succeeded" && includes(intent.metadata, metadata)
      ),
  }
}

function eventOf(stores: Store[], id: string): StripeEvent {
  const event = stores.map(({ events }) => events.get(id)).find(Boolean)
  if (!event) {
    throw new Error(`There is no event ${id}`)
  }
  return event
}

function includes(metadata: Metadata, wanted: Metadata): boolean {
  return Object.entries(wanted).every(([key, value]) => metadata[key] === value)
}
