import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validateQuery } from "./validate"

/**
 * The middleware of a `GET` route whose query is checked, and which takes nothing
 * that the schema does not name.
 *
 * @example
 * validatedGet("/admin/subscriptions/:id/cycles", historyQuery)
 */
export function validatedGet(
  matcher: string,
  schema: Parameters<typeof validateQuery>[0]
): MiddlewareRoute {
  return { matcher, methods: ["GET"], middlewares: [validateQuery(schema)] }
}
