import { invalidParams, invalidState, missing } from "../http/errors"
import { listPage } from "../http/list"
import type { Params } from "../http/params"
import { chargeOf, paymentIntentOf } from "../model/lookup"
import type { Charge, Refund } from "../model/objects"
import { refundCharge } from "../model/refunds"
import type { World } from "../model/world"
import { pathValue, type Route } from "./route"

const PATH = "/v1/refunds"
const kind = "refund"

/** Endpoints of refunds. */
export const refundRoutes: Route[] = [
  {
    method: "POST",
    path: PATH,
    kind,
    handle: (world, params) =>
      refundCharge(world, chargeToRefund(world, params), {
        amount: params.integer("amount"),
        reason: params.id("reason"),
        metadata: params.metadata({}),
      }),
  },
  {
    method: "GET",
    path: PATH,
    kind,
    list: true,
    handle: ({ store }, params) => {
      const charge = params.id("charge")
      const intent = params.id("payment_intent")
      const wanted = [...store.refunds.values()].filter(
        (refund) =>
          (charge === undefined || refund.charge === charge) &&
          (intent === undefined || refund.payment_intent === intent)
      )
      return listPage(wanted, params, PATH)
    },
  },
  {
    method: "GET",
    path: `${PATH}/{refund}`,
    kind,
    handle: (world, _params, path) => refundAt(world, path),
  },
  {
    method: "POST",
    path: `${PATH}/{refund}`,
    kind,
    handle: (world, params, path) => {
      const refund = refundAt(world, path)
      refund.metadata = params.metadata(refund.metadata)
      return refund
    },
  },
]

function refundAt(world: World, path: Record<string, string>): Refund {
  const id = pathValue(path, "refund")
  const found = world.store.refunds.get(id)
  if (!found) {
    throw missing("refund", id, "id")
  }
  return found
}

function chargeToRefund({ store }: World, params: Params): Charge {
  const chargeId = params.id("charge")
  const intentId = params.id("payment_intent")
  if (chargeId !== undefined) {
    return assertCaptured(chargeOf(store, chargeId, "charge"))
  }
  if (intentId === undefined) {
    throw invalidParams(
      "One of the following params should be provided for this request: payment_intent or charge.",
      { code: "parameter_missing" }
    )
  }
  const intent = paymentIntentOf(store, intentId, "payment_intent")
  const charge = store.charges.get(intent.latest_charge ?? "")
  if (!charge) {
    throw noCharge(intentId)
  }
  return assertCaptured(charge)
}

function assertCaptured(charge: Charge): Charge {
  if (!charge.captured) {
    throw noCharge(charge.payment_intent)
  }
  return charge
}

function noCharge(intentId: string) {
  return invalidState(
    `This PaymentIntent (${intentId}) does not have a successful charge to refund.`
  )
}
