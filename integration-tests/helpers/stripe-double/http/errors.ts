import type { StripeErrorBody } from "../model/objects"

/**
 * Where a request failed. Stripe keeps the answer under the idempotency key
 * only once it began to execute the request.
 */
export type Stage = "validation" | "execution"

/** An answer of Stripe that is not a success. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly body: StripeErrorBody,
    readonly stage: Stage = "execution"
  ) {
    super(body.message)
  }
}

type Details = Partial<Omit<StripeErrorBody, "type" | "message">>

function withDocs(details: Details): Details {
  const { code } = details
  return code
    ? { ...details, doc_url: `https://stripe.com/docs/error-codes/${code}` }
    : details
}

/** The request is malformed; it was not executed. */
export function invalidParams(message: string, details: Details = {}) {
  return new ApiError(
    400,
    { type: "invalid_request_error", message, ...withDocs(details) },
    "validation"
  )
}

/** The request makes no sense in the present state. */
export function invalidState(message: string, details: Details = {}) {
  return new ApiError(400, {
    type: "invalid_request_error",
    message,
    ...withDocs(details),
  })
}

/** There is no such object. */
export function missing(kind: string, id: string, param: string, status = 404) {
  return new ApiError(status, {
    type: "invalid_request_error",
    message: `No such ${kind}: '${id}'`,
    ...withDocs({ code: "resource_missing", param }),
  })
}

/** The issuer or the card network says no. */
export function cardError(message: string, details: Details) {
  return new ApiError(402, {
    type: "card_error",
    message,
    ...withDocs(details),
  })
}

/** The idempotency key cannot be used like this. */
export function idempotencyError(
  status: number,
  message: string,
  details: Details = {}
) {
  return new ApiError(
    status,
    { type: "idempotency_error", message, ...withDocs(details) },
    "validation"
  )
}

/** The API key is missing or wrong. */
export function unauthorized(message: string) {
  return new ApiError(
    401,
    { type: "invalid_request_error", message },
    "validation"
  )
}

/** There is nothing at this address. */
export function unknownUrl(method: string, path: string) {
  return new ApiError(
    404,
    {
      type: "invalid_request_error",
      message: `Unrecognized request URL (${method}: ${path}).`,
    },
    "validation"
  )
}

/** Too many requests. */
export function rateLimited() {
  return new ApiError(
    429,
    {
      type: "invalid_request_error",
      message: "Request rate limit exceeded.",
      ...withDocs({ code: "rate_limit" }),
    },
    "validation"
  )
}

/** Stripe itself failed. */
export function serverError() {
  return new ApiError(500, {
    type: "api_error",
    message: "An unknown error occurred while processing the request.",
  })
}
