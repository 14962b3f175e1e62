import type { MiddlewareRoute } from "@medusajs/framework/http"
import { portalGuard } from "../../_lib/portal-guard"
import { storeAccountMiddlewares } from "./account-middlewares"
import { storePaymentMethodMiddlewares } from "./payment-methods/middlewares"
import { storeSecurityMiddlewares } from "./security/middlewares"
import { storePortalSessionMiddlewares } from "./sessions/middlewares"
import { storeSubscriptionMiddlewares } from "./subscriptions/middlewares"

export const storePortalMiddlewares: MiddlewareRoute[] = [
  // Without a method, so that it runs before everything that has one.
  { matcher: "/store/portal*", middlewares: [portalGuard] },
  ...storeAccountMiddlewares,
  ...storePaymentMethodMiddlewares,
  ...storePortalSessionMiddlewares,
  ...storeSecurityMiddlewares,
  ...storeSubscriptionMiddlewares,
]
