/**
 * How errors of our routes become answers.
 *
 * Medusa has one error handler an application: the `errorHandler` of
 * `defineMiddlewares`. The last file that is loaded wins and it serves every
 * route, so it is the merchant's and a plugin must not take it. Medusa also
 * registers each plugin middleware as an ordinary handler, before the routes,
 * so that a plugin cannot put an Express error handler behind them. What is
 * left, and needs nothing of the application, is to wrap our own handlers.
 */
import {
  isPortalErrorCode,
  PORTAL_ERRORS,
  type PortalErrorCode,
  type PortalErrorType,
} from "./codes"

/** The answer's body. */
export interface PortalErrorBody {
  type: PortalErrorType
  code: PortalErrorCode
  message: string
  details?: Record<string, unknown>
  /** Seconds, with 429 only: CORS hides the `Retry-After` header. */
  retry_after?: number
}

/** The part of an Express response that answering takes. */
export interface ErrorResponse {
  headersSent: boolean
  status(code: number): unknown
  setHeader(name: string, value: string): unknown
  json(body: PortalErrorBody): unknown
}

type Next = (error?: unknown) => void
type Handler<Req, Res> = (req: Req, res: Res, next: Next) => unknown

/** The code of an error that Medusa threw with a type and without a code. */
const CODE_OF_TYPE: Record<PortalErrorType, PortalErrorCode> = {
  invalid_data: "validation_failed",
  not_allowed: "not_allowed",
  unauthorized: "unauthorized",
  forbidden: "forbidden",
  not_found: "not_found",
}

/**
 * The status and body of an error of ours, recognised by `code` and `type`, so
 * that the plain copies that workflows throw are recognised too. An error of
 * Medusa's that has one of our types and no code gets the type's general code.
 *
 * @returns undefined for every other error: it is for Medusa's handler
 * @example
 * toPortalErrorResponse(portalError("expected_status"))?.status // 409
 */
export function toPortalErrorResponse(
  error: unknown
): { status: number; body: PortalErrorBody } | undefined {
  const code = codeOf(error)
  if (!code) {
    return undefined
  }
  const { type, status, message } = PORTAL_ERRORS[code]
  const thrown = error as { message?: unknown; details?: unknown }
  const details = isRecord(thrown.details) ? thrown.details : undefined
  const retryAfter = status === 429 ? details?.retry_after : undefined
  return {
    status,
    body: {
      type,
      code,
      message: typeof thrown.message === "string" ? thrown.message : message,
      ...(details && { details }),
      ...(typeof retryAfter === "number" && { retry_after: retryAfter }),
    },
  }
}

/**
 * Answers an error of ours: `{ type, code, message, details? }`.
 *
 * @returns whether it answered; if not, hand the error to `next`
 * @example
 * if (!respondWithPortalError(error, res)) next(error)
 */
export function respondWithPortalError(
  error: unknown,
  res: ErrorResponse
): boolean {
  const answer = res.headersSent ? undefined : toPortalErrorResponse(error)
  if (!answer) {
    return false
  }
  if (answer.body.retry_after !== undefined) {
    res.setHeader("Retry-After", String(Math.ceil(answer.body.retry_after)))
  }
  res.status(answer.status)
  res.json(answer.body)
  return true
}

/**
 * Wraps a route handler or a middleware: an error of ours that it throws,
 * rejects with, or hands to `next` is answered with its status; any other
 * goes on to the application's error handler.
 *
 * @example
 * export const POST = withPortalErrors(async (req, res) => { … })
 * // and in middlewares.ts, so that validation errors carry a code as well:
 * middlewares: [withPortalErrors(validateAndTransformBody(Schema))]
 */
export function withPortalErrors<Req, Res extends ErrorResponse>(
  handler: Handler<Req, Res>
): (req: Req, res: Res, next: Next) => Promise<void> {
  const wrapped = async (req: Req, res: Res, next: Next): Promise<void> => {
    const settle: Next = (error) => {
      if (!respondWithPortalError(error, res)) {
        next(error)
      }
    }
    try {
      await handler(req, res, settle)
    } catch (error) {
      settle(error)
    }
  }
  // Medusa names its traces after the handler.
  return Object.defineProperty(wrapped, "name", { value: handler.name })
}

function codeOf(error: unknown): PortalErrorCode | undefined {
  if (!isRecord(error)) {
    return undefined
  }
  const { code, type } = error
  if (isPortalErrorCode(code)) {
    // A stranger's error that has the same code must not be taken for ours.
    return PORTAL_ERRORS[code].type === type ? code : undefined
  }
  const known = typeof type === "string" && Object.hasOwn(CODE_OF_TYPE, type)
  return code === undefined && known
    ? CODE_OF_TYPE[type as PortalErrorType]
    : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}
