import type { MiddlewareRoute } from "@medusajs/framework/http"
import { accountEmailGuard } from "./account-email"
import { authGuard } from "./auth-guard"
import { revocationGuard } from "./revocation"

/**
 * Around Medusa's own sign-in. Those without a method run before core's own
 * middlewares; the one with a method after them, with the body checked.
 */
export const authHardeningMiddlewares: MiddlewareRoute[] = [
  { matcher: "/auth*", middlewares: [revocationGuard, authGuard] },
  { matcher: "/store*", middlewares: [revocationGuard] },
  {
    matcher: "/store/customers",
    methods: ["POST"],
    middlewares: [accountEmailGuard],
  },
]
