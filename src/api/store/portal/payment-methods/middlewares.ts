import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateBody, validateQuery } from "../../../_lib/validate"
import { validatedGet } from "../../../_lib/validated-get"
import {
  confirmBody,
  defaultBody,
  deleteQuery,
  listQuery,
  setupBody,
} from "./validators"

const ROOT = "/store/portal/payment-methods"

export const storePaymentMethodMiddlewares: MiddlewareRoute[] = [
  validatedGet(ROOT, listQuery),
  {
    matcher: `${ROOT}/setup`,
    methods: ["POST"],
    middlewares: [validateBody(setupBody)],
  },
  {
    matcher: `${ROOT}/confirm`,
    methods: ["POST"],
    middlewares: [validateBody(confirmBody)],
  },
  {
    matcher: `${ROOT}/:id/default`,
    methods: ["POST"],
    middlewares: [validateBody(defaultBody)],
  },
  {
    matcher: `${ROOT}/:id`,
    methods: ["DELETE"],
    middlewares: [validateQuery(deleteQuery)],
  },
]
