import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody } from "../../_lib/validate"
import { cartFields } from "./cart-fields"
import { keepInSync } from "./keep-in-sync"
import {
  removeSubscriptionLine,
  updateSubscriptionLine,
} from "./subscription-lines"
import {
  addSubscriptionItemSchema,
  updateSubscriptionItemSchema,
} from "./validators"

const ITEMS = "/store/carts/:id/subscription-items"
const ITEM = `${ITEMS}/:line_id`

/** Ours. As with core's routes, whoever knows the cart's id may change it. */
const ownRoutes: MiddlewareRoute[] = [
  {
    matcher: ITEMS,
    methods: ["POST"],
    middlewares: [validateBody(addSubscriptionItemSchema), cartFields],
  },
  {
    matcher: ITEM,
    methods: ["POST"],
    middlewares: [validateBody(updateSubscriptionItemSchema), cartFields],
  },
  { matcher: ITEM, methods: ["DELETE"], middlewares: [cartFields] },
]

/** Core's, after its own validation and before its handlers. */
const coreRoutes: MiddlewareRoute[] = [
  {
    matcher: "/store/carts/:id",
    methods: ["POST"],
    middlewares: [keepInSync],
  },
  {
    matcher: "/store/carts/:id/customer",
    methods: ["POST"],
    middlewares: [keepInSync],
  },
  {
    matcher: "/store/carts/:id/promotions",
    methods: ["POST", "DELETE"],
    middlewares: [keepInSync],
  },
  {
    matcher: "/store/carts/:id/line-items",
    methods: ["POST"],
    middlewares: [keepInSync],
  },
  {
    matcher: "/store/carts/:id/line-items/:line_id",
    methods: ["POST"],
    middlewares: [updateSubscriptionLine],
  },
  {
    matcher: "/store/carts/:id/line-items/:line_id",
    methods: ["DELETE"],
    middlewares: [removeSubscriptionLine],
  },
]

export const storeCartMiddlewares: MiddlewareRoute[] = [
  ...ownRoutes,
  ...coreRoutes,
]
