import type { MedusaRequest } from "@medusajs/framework/http"

const BEARER = /^bearer[ \t]+(\S+)$/i

/**
 * The token of an `Authorization` header.
 *
 * @returns undefined without the header, "" where it holds no bearer token
 */
export function bearerToken(req: MedusaRequest): string | undefined {
  const { authorization } = req.headers
  return authorization === undefined
    ? undefined
    : (BEARER.exec(authorization.trim())?.[1] ?? "")
}

/** The customer of Medusa's session cookie, where the request has one. */
export function cookieCustomer(req: MedusaRequest): string | undefined {
  const context = (
    req.session as
      { auth_context?: { actor_id?: string; actor_type?: string } } | undefined
  )?.auth_context
  return context?.actor_type === "customer" ? context.actor_id : undefined
}
