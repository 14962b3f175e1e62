import { defineMiddlewares } from "@medusajs/framework/http"
import { authHardeningMiddlewares } from "./_lib/auth-hardening"
import { adminCustomerMiddlewares } from "./admin/customers/middlewares"
import { adminPortalMiddlewares } from "./admin/portal/middlewares"
import { adminSubscriptionPlanMiddlewares } from "./admin/subscription-plans/middlewares"
import { adminSubscriptionMiddlewares } from "./admin/subscriptions/middlewares"
import { hooksPortalMiddlewares } from "./hooks/portal/middlewares"
import { storeCartMiddlewares } from "./store/carts/middlewares"
import { storeCheckoutMiddlewares } from "./store/checkout/middlewares"
import { storeCustomerMiddlewares } from "./store/customers/middlewares"
import { storePortalMiddlewares } from "./store/portal/middlewares"
import { storeProductPlanMiddlewares } from "./store/products/middlewares"

/** Only spreads: each folder keeps its own. */
export default defineMiddlewares({
  routes: [
    ...authHardeningMiddlewares,
    ...adminCustomerMiddlewares,
    ...adminPortalMiddlewares,
    ...adminSubscriptionPlanMiddlewares,
    ...adminSubscriptionMiddlewares,
    ...hooksPortalMiddlewares,
    ...storeCartMiddlewares,
    ...storeCheckoutMiddlewares,
    ...storeCustomerMiddlewares,
    ...storePortalMiddlewares,
    ...storeProductPlanMiddlewares,
  ],
})
