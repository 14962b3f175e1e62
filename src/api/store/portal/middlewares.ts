import type { MiddlewareRoute } from "@medusajs/framework/http"
import { portalGuard } from "../../_lib/portal-guard"

/** Without a method, so that it runs before everything that has one. */
export const storePortalMiddlewares: MiddlewareRoute[] = [
  { matcher: "/store/portal*", middlewares: [portalGuard] },
]
