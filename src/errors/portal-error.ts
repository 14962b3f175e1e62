import { MedusaError } from "@medusajs/framework/utils"
import { PORTAL_ERRORS, type PortalErrorCode } from "./codes"

/** What an error may carry besides its code. */
export interface PortalErrorOptions {
  /** For people. Replaces the table's default message. */
  message?: string
  /**
   * For programs: goes to the caller as `details`. JSON values only, nothing
   * secret. `retry_after` (whole seconds) is repeated in the body and header.
   */
  details?: Record<string, unknown>
  /** What went wrong underneath. Never leaves the server. */
  cause?: unknown
}

/** The error that {@link portalError} makes. */
export type PortalError = MedusaError & {
  code: PortalErrorCode
  details?: Record<string, unknown>
}

/**
 * Makes the Medusa error of a code; throw it.
 *
 * `code`, `type`, `message` and `details` are the error's own properties:
 * an error that was thrown in a workflow step reaches its caller as a plain
 * copy, which keeps own properties and loses the class.
 *
 * @param code - a code of the table
 * @param options - message, details and cause
 * @returns the error, to be thrown
 * @example
 * throw portalError("plan_archived", { details: { plan_id: plan.id } })
 */
export function portalError(
  code: PortalErrorCode,
  { message, details, cause }: PortalErrorOptions = {}
): PortalError {
  const { type, message: fallback } = PORTAL_ERRORS[code]
  const error = new MedusaError(type, message ?? fallback, code)
  return Object.assign(error, {
    code,
    ...(details && { details }),
    ...(cause !== undefined && { cause: summarize(cause) }),
  })
}

/**
 * Keeps of a cause what a log needs. The workflow engine stores errors as
 * JSON; the error of an HTTP client holds its whole request, with the secret
 * key in its headers, and often a cycle.
 */
function summarize(cause: unknown): Record<string, unknown> {
  if (!(cause instanceof Error)) {
    return { message: String(cause) }
  }
  const { name, message, stack } = cause
  return { name, message, stack }
}
