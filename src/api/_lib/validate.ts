/**
 * Validation of bodies and queries, with our own error.
 *
 * Medusa's `validateAndTransform…` prints what it received into its message: an
 * object whose `toString` is not a function ends there as a 500. Its query
 * validator also refuses a key with two dots as a 500. A caller must not be able
 * to cause either, and our routes take no `fields`, so this is all they need.
 */
import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import type { z } from "@medusajs/framework/zod"
import { withPortalErrors } from "../../errors/error-handler"
import { portalError } from "../../errors/portal-error"

const SHOWN_ISSUES = 10

/**
 * Checks the body against a schema and puts the result into `validatedBody`.
 *
 * @param schema - strict, on every level
 * @example
 * { matcher, methods: ["POST"], middlewares: [validateBody(schema)] }
 */
export function validateBody(schema: z.ZodType) {
  return withPortalErrors(function validateBody(
    req: MedusaRequest,
    _res: MedusaResponse,
    next: MedusaNextFunction
  ) {
    // Express leaves an empty body out; a route without fields takes either.
    req.validatedBody = check(schema, req.body ?? {})
    next()
  })
}

/**
 * Checks the query against a schema and puts the result into `validatedQuery`.
 *
 * @param schema - strict; values come as text, see `query-schema.ts`
 */
export function validateQuery(schema: z.ZodType<Record<string, unknown>>) {
  return withPortalErrors(function validateQuery(
    req: MedusaRequest,
    _res: MedusaResponse,
    next: MedusaNextFunction
  ) {
    req.validatedQuery = check(schema, req.query)
    next()
  })
}

function check<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input)
  if (parsed.success) {
    return parsed.data
  }
  const issues = parsed.error.issues.slice(0, SHOWN_ISSUES).map((issue) => ({
    path: issue.path.map(String).join("."),
    message: issue.message,
  }))
  const first = issues[0]
  const where = first?.path ? `"${first.path}": ` : ""
  throw portalError("validation_failed", {
    message: `Invalid request: ${where}${first?.message ?? "not valid"}`,
    details: { issues },
  })
}
