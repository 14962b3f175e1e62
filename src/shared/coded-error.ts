import { PORTAL_ERRORS, type PortalErrorCode } from "../errors/codes"

/**
 * The error that pure code throws. It knows no framework, and yet carries the
 * `type` and `code` by which Medusa's error handler and ours answer it, as own
 * properties, so that the copies that workflows make of errors keep them.
 *
 * @example
 * throw new CodedError("timezone_unknown", `No time zone "${name}".`, { name })
 */
export class CodedError extends Error {
  override readonly name = "CodedError"
  readonly type: string
  readonly code: PortalErrorCode
  readonly details?: Record<string, unknown>

  /**
   * @param code - a code of the table of errors
   * @param message - for people; the table's own when left out
   * @param details - for programs, JSON values only
   */
  constructor(
    code: PortalErrorCode,
    message?: string,
    details?: Record<string, unknown>
  ) {
    super(message ?? PORTAL_ERRORS[code].message)
    this.type = PORTAL_ERRORS[code].type
    this.code = code
    if (details) {
      this.details = details
    }
  }
}
