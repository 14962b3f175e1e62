import type { MiddlewareRoute } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../errors/error-handler"
import { guardCompletion } from "./guard-completion"
import { guardPaymentSession } from "./guard-payment-session"

/**
 * Rules on core's own routes for carts with subscriptions. They name a method, so
 * Medusa runs them after core's validation of the same route and before its
 * handler.
 */
export const storeCheckoutMiddlewares: MiddlewareRoute[] = [
  {
    method: ["POST"],
    matcher: "/store/payment-collections/:id/payment-sessions",
    middlewares: [withPortalErrors(guardPaymentSession)],
  },
  {
    method: ["POST"],
    matcher: "/store/carts/:id/complete",
    middlewares: [withPortalErrors(guardCompletion)],
  },
]
