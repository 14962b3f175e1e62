import { listPage } from "../http/list"
import type { PathValues } from "../api/path-template"
import type { Params } from "../http/params"
import { customerOf, paymentIntentOf } from "../model/lookup"
import type { PaymentIntent } from "../model/objects"
import { assertUsableBy, resolvePaymentMethod } from "../model/payment-methods"
import { emit, type World } from "../model/world"
import { assertClientSecret, assertTakesCards } from "./intent-params"
import {
  cancelIntent,
  captureIntent,
  confirmIntent,
} from "./payment-intent-actions"
import { newPaymentIntent } from "./payment-intent-params"
import { searchIntents } from "./payment-intent-search"
import { updateIntent } from "./payment-intent-update"
import { pathValue, type Route } from "./route"
import { assertOnlyWithConfirm } from "./shared-params"

const PATH = "/v1/payment_intents"
const ONE = `${PATH}/{intent}`
const kind = "payment_intent"

const ONLY_WITH_CONFIRM = [
  "error_on_requires_action",
  "mandate",
  "mandate_data",
  "off_session",
  "return_url",
]

/** Endpoints of payment intents. */
export const paymentIntentRoutes: Route[] = [
  { method: "POST", path: PATH, kind, handle: create },
  {
    method: "GET",
    path: PATH,
    kind,
    list: true,
    handle: ({ store }, params) => {
      const customer = params.id("customer")
      const wanted = [...store.paymentIntents.values()].filter(
        (intent) => customer === undefined || intent.customer === customer
      )
      return listPage(wanted, params, PATH)
    },
  },
  {
    method: "GET",
    path: `${PATH}/search`,
    kind,
    list: true,
    handle: searchIntents,
  },
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
  on("", updateIntent),
  on("/confirm", confirmIntent),
  on("/capture", captureIntent),
  on("/cancel", cancelIntent),
]

function on(
  action: string,
  run: (world: World, params: Params, intent: PaymentIntent) => void
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

function intentAt(world: World, path: PathValues): PaymentIntent {
  return paymentIntentOf(world.store, pathValue(path, "intent"))
}

function create(world: World, params: Params): PaymentIntent {
  const confirmed = params.flag("confirm")
  if (!confirmed) {
    assertOnlyWithConfirm(params, ONLY_WITH_CONFIRM)
  }
  const intent = newPaymentIntent(world, params)
  const customerId = params.id("customer")
  if (customerId !== undefined) {
    intent.customer = customerOf(world.store, customerId, "customer").id
  }
  if (confirmed) {
    confirmIntent(world, params, intent, () => keep(world, intent))
    return intent
  }
  const methodId = params.id("payment_method")
  if (methodId !== undefined) {
    const method = resolvePaymentMethod(world, methodId, "payment_method")
    assertTakesCards(intent)
    assertUsableBy(world, method, intent.customer)
    intent.payment_method = method.id
    intent.status = "requires_confirmation"
  }
  keep(world, intent)
  return intent
}

function keep(world: World, intent: PaymentIntent): void {
  world.store.paymentIntents.set(intent.id, intent)
  emit(world, "payment_intent.created", intent)
}
