import { matchPath } from "../api/path-template"
import { unauthorized } from "./errors"
import type { RequestRecord } from "./request-log"

const SECRET_KEY = /^Bearer (sk|rk)_\S+$/
const PUBLISHABLE_KEY = /^Bearer pk_\S+$/

/** What a browser may do that knows the client secret of an intent. */
const BROWSER_ENDPOINTS = [
  ["GET", "/v1/payment_intents/{intent}"],
  ["POST", "/v1/payment_intents/{intent}/confirm"],
  ["GET", "/v1/setup_intents/{intent}"],
  ["POST", "/v1/setup_intents/{intent}/confirm"],
] as const

/**
 * Lets servers do everything and browsers what they hold the client secret
 * for; the endpoint compares the secret.
 *
 * @throws 401
 */
export function assertAuthorized(
  request: RequestRecord,
  authorization = ""
): void {
  if (SECRET_KEY.test(authorization)) {
    return
  }
  const allowed =
    PUBLISHABLE_KEY.test(authorization) &&
    request.params.client_secret !== undefined &&
    BROWSER_ENDPOINTS.some(
      ([method, template]) =>
        method === request.method && matchPath(template, request.path)
    )
  if (!allowed) {
    throw unauthorized(
      "This API call cannot be made with the API key you provided."
    )
  }
}
