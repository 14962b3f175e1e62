import type { MiddlewareRoute } from "@medusajs/framework/http"
import { addressPreviewBody } from "../../../_lib/delivery-address-body"
import {
  actionMiddlewares,
  addOncePreviewBody,
  emptyBody,
} from "../../../_lib/subscription-action-bodies"
import { changeMiddlewares } from "../../../_lib/subscription-change-bodies"
import { validateBody } from "../../../_lib/validate"
import { validatedGet } from "../../../_lib/validated-get"
import {
  historyQuery,
  listSubscriptionsQuery,
  noQuery,
  scheduleQuery,
} from "./validators"

const ROOT = "/store/portal/subscriptions"

export const storeSubscriptionMiddlewares: MiddlewareRoute[] = [
  validatedGet(ROOT, listSubscriptionsQuery),
  validatedGet(`${ROOT}/:id`, noQuery),
  validatedGet(`${ROOT}/:id/next-charge`, noQuery),
  validatedGet(`${ROOT}/:id/schedule`, scheduleQuery),
  validatedGet(`${ROOT}/:id/cycles`, historyQuery),
  validatedGet(`${ROOT}/:id/timeline`, historyQuery),
  validatedGet(`${ROOT}/:id/cancellation`, noQuery),
  validatedGet(`${ROOT}/:id/usage`, noQuery),
  {
    matcher: `${ROOT}/:id/address/preview`,
    methods: ["POST"],
    middlewares: [validateBody(addressPreviewBody)],
  },
  {
    matcher: `${ROOT}/:id/add-once/preview`,
    methods: ["POST"],
    middlewares: [validateBody(addOncePreviewBody)],
  },
  {
    matcher: `${ROOT}/:id/resubscribe/preview`,
    methods: ["POST"],
    middlewares: [validateBody(emptyBody)],
  },
  ...changeMiddlewares(ROOT),
  ...actionMiddlewares(ROOT, [
    "pause",
    "resume",
    "skip",
    "unskip",
    "reschedule",
    "order-now",
    "retry-payment",
    "payment-method",
    "cancel",
    "accept-offer",
    "reactivate",
    "address",
    "add-once",
    "resubscribe",
  ]),
]
