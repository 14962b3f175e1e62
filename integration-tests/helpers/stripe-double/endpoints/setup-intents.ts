import type { PathValues } from "../api/path-template"
import { invalidState } from "../http/errors"
import { listPage } from "../http/list"
import type { Params } from "../http/params"
import { confirmSetup } from "../model/confirm-setup"
import { clientSecretOf } from "../model/ids"
import { customerOf, setupIntentOf } from "../model/lookup"
import type { SetupIntent } from "../model/objects"
import { assertUsableBy, resolvePaymentMethod } from "../model/payment-methods"
import { emit, type World } from "../model/world"
import {
  assertClientSecret,
  assertReturnUrl,
  assertTakesCards,
  readPaymentMethodTypes,
} from "./intent-params"
import { pathValue, type Route } from "./route"
import { assertOnlyWithConfirm, readText } from "./shared-params"

const PATH = "/v1/setup_intents"
const ONE = `${PATH}/{intent}`
const kind = "setup_intent"

const OPEN: SetupIntent["status"][] = [
  "requires_payment_method",
  "requires_confirmation",
  "requires_action",
]

/** Endpoints of setup intents. */
export const setupIntentRoutes: Route[] = [
  { method: "POST", path: PATH, kind, handle: create },
  { method: "GET", path: PATH, kind, list: true, handle: list },
  {
    method: "GET",
    path: ONE,
    kind,
    handle: (world, params, path) => {
      const intent = intentAt(world, path)
      assertClientSecret(params, intent)
      return intent
    },
  },
  on("", update),
  on("/confirm", confirm),
  on("/cancel", cancel),
]

function on(
  action: string,
  run: (world: World, params: Params, intent: SetupIntent) => void
): Route {
  return {
    method: "POST",
    path: ONE + action,
    kind,
    handle: (world, params, path) => {
      const intent = intentAt(world, path)
      run(world, params, intent)
      return intent
    },
  }
}

function intentAt(world: World, path: PathValues): SetupIntent {
  return setupIntentOf(world.store, pathValue(path, "intent"))
}

function create(world: World, params: Params): SetupIntent {
  const confirmed = params.flag("confirm")
  if (!confirmed) {
    assertOnlyWithConfirm(params, ["mandate_data", "return_url"])
  }
  const types = readPaymentMethodTypes(world, params)
  const id = world.ids.next("seti")
  const intent: SetupIntent = {
    id,
    object: "setup_intent",
    application: null,
    cancellation_reason: null,
    client_secret: clientSecretOf(id),
    created: world.now(),
    customer: null,
    description: null,
    flow_directions: null,
    last_setup_error: null,
    latest_attempt: null,
    livemode: false,
    mandate: null,
    metadata: {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    ...types,
    single_use_mandate: null,
    status: "requires_payment_method",
    usage: params.text("usage") ?? "off_session",
  }
  describe(world, params, intent)
  if (confirmed) {
    confirm(world, params, intent, () => keep(world, intent))
    return intent
  }
  takeMethod(world, params, intent)
  keep(world, intent)
  return intent
}

function keep(world: World, intent: SetupIntent): void {
  world.store.setupIntents.set(intent.id, intent)
  emit(world, "setup_intent.created", intent)
}

function describe(world: World, params: Params, intent: SetupIntent): void {
  const customerId = params.id("customer")
  if (customerId !== undefined) {
    intent.customer = customerOf(world.store, customerId, "customer").id
  }
  intent.description = readText(params, "description", intent.description)
  intent.metadata = params.metadata(intent.metadata)
}

function takeMethod(world: World, params: Params, intent: SetupIntent): void {
  const methodId = params.id("payment_method")
  if (methodId !== undefined) {
    const method = resolvePaymentMethod(world, methodId, "payment_method")
    assertTakesCards(intent)
    assertUsableBy(world, method, intent.customer)
    intent.payment_method = method.id
    intent.next_action = null
    intent.status = "requires_confirmation"
  }
}

function update(world: World, params: Params, intent: SetupIntent): void {
  assertOpen(intent, "update")
  describe(world, params, intent)
  takeMethod(world, params, intent)
}

function confirm(
  world: World,
  params: Params,
  intent: SetupIntent,
  accepted: () => void = () => undefined
): void {
  assertClientSecret(params, intent)
  assertOpen(intent, "confirm")
  const returnPath = {
    returnUrl: params.id("return_url"),
    useStripeSdk: params.flag("use_stripe_sdk"),
  }
  assertReturnUrl(intent, returnPath.returnUrl)
  const methodId = params.id("payment_method") ?? intent.payment_method
  if (!methodId) {
    throw unexpectedState(
      "You cannot confirm this SetupIntent because it's missing a payment method.",
      intent
    )
  }
  const method = resolvePaymentMethod(world, methodId, "payment_method")
  assertTakesCards(intent)
  assertUsableBy(world, method, intent.customer)
  intent.payment_method = method.id
  accepted()
  confirmSetup(world, intent, method.id, returnPath)
}

function cancel(world: World, params: Params, intent: SetupIntent): void {
  assertOpen(intent, "cancel")
  intent.status = "canceled"
  intent.cancellation_reason = params.id("cancellation_reason") ?? null
  intent.next_action = null
  emit(world, "setup_intent.canceled", intent)
}

function assertOpen(intent: SetupIntent, action: string): void {
  if (!OPEN.includes(intent.status)) {
    throw unexpectedState(
      `You cannot ${action} this SetupIntent because it has a status of ${intent.status}.`,
      intent
    )
  }
}

function unexpectedState(message: string, intent: SetupIntent) {
  return invalidState(message, {
    code: "setup_intent_unexpected_state",
    setup_intent: structuredClone(intent),
  })
}

function list(world: World, params: Params): object {
  const customer = params.id("customer")
  const method = params.id("payment_method")
  const wanted = [...world.store.setupIntents.values()].filter(
    (intent) =>
      (customer === undefined || intent.customer === customer) &&
      (method === undefined || intent.payment_method === method)
  )
  return listPage(wanted, params, PATH)
}
