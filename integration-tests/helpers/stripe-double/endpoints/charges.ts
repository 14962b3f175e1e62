import { listPage } from "../http/list"
import { chargeOf } from "../model/lookup"
import { emit } from "../model/world"
import { pathValue, type Route } from "./route"
import { readShipping, readText } from "./shared-params"

const PATH = "/v1/charges"
const kind = "charge"

/** Endpoints of charges; only payment intents make them. */
export const chargeRoutes: Route[] = [
  {
    method: "GET",
    path: PATH,
    kind,
    list: true,
    handle: ({ store }, params) => {
      const customer = params.id("customer")
      const intent = params.id("payment_intent")
      const wanted = [...store.charges.values()].filter(
        (charge) =>
          (customer === undefined || charge.customer === customer) &&
          (intent === undefined || charge.payment_intent === intent)
      )
      return listPage(wanted, params, PATH)
    },
  },
  {
    method: "GET",
    path: `${PATH}/{charge}`,
    kind,
    handle: ({ store }, _params, path) =>
      chargeOf(store, pathValue(path, "charge")),
  },
  {
    method: "POST",
    path: `${PATH}/{charge}`,
    kind,
    handle: (world, params, path) => {
      const charge = chargeOf(world.store, pathValue(path, "charge"))
      charge.description = readText(params, "description", charge.description)
      charge.metadata = params.metadata(charge.metadata)
      charge.shipping = readShipping(params, charge.shipping)
      emit(world, "charge.updated", charge)
      return charge
    },
  },
]
