import { defineMiddlewares } from "@medusajs/framework/http"
import { adminPortalMiddlewares } from "./admin/portal/middlewares"
import { adminSubscriptionMiddlewares } from "./admin/subscriptions/middlewares"
import { storeCheckoutMiddlewares } from "./store/checkout/middlewares"
import { storePortalMiddlewares } from "./store/portal/middlewares"

/** Only spreads: each folder keeps its own. */
export default defineMiddlewares({
  routes: [
    ...adminPortalMiddlewares,
    ...adminSubscriptionMiddlewares,
    ...storeCheckoutMiddlewares,
    ...storePortalMiddlewares,
  ],
})
