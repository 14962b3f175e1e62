import type { MiddlewareRoute } from "@medusajs/framework/http"

/** Webhooks: no login, a signature over the body as it came in. */
export const hooksPortalMiddlewares: MiddlewareRoute[] = [
  {
    method: ["POST"],
    matcher: "/hooks/portal/resend",
    bodyParser: { preserveRawBody: true },
  },
  {
    method: ["POST"],
    matcher: "/hooks/portal/stripe/:provider",
    bodyParser: { preserveRawBody: true },
  },
]
