import { createHash } from "node:crypto"
import {
  getAuthContextFromJwtToken,
  type AuthContext,
  type MedusaRequest,
} from "@medusajs/framework/http"
import {
  ContainerRegistrationKeys,
  MedusaError,
  Modules,
} from "@medusajs/framework/utils"

/** What a token or a cookie of Medusa's says, once its signature is verified. */
export type Claims = Partial<Omit<AuthContext, "actor_type">> & {
  actor_type: string
  /** Seconds since 1970. */
  iat?: number
  exp?: number
  purpose?: string
  jti?: string
  entity_id?: string
}

/** A credential as a request shows it. */
export type Shown = {
  kind: "jwt" | "cookie"
  claims: Claims
  /** By what it is known in the list of sign-ins. */
  hash: string
}

/** Medusa takes the first two words of the header, and so must this. */
const HEADER = /(\S+)\s+(\S+)/

/** A bearer token of Medusa's, verified as Medusa does; null where there is none. */
export function shownBearer(req: MedusaRequest): Shown | null {
  const { authorization } = req.headers
  const token = HEADER.exec(authorization ?? "")?.[2]
  // Not ours to judge, and cheaper than a failed verification.
  if (!token?.includes(".")) {
    return null
  }
  const claims = verifyToken(req, token)
  return claims && { kind: "jwt", claims, hash: tokenKey(token) }
}

/** Reads a token that Medusa signed. */
export function verifyToken(req: MedusaRequest, token: string): Claims | null {
  const { http } = req.scope.resolve(
    ContainerRegistrationKeys.CONFIG_MODULE
  ).projectConfig
  return getAuthContextFromJwtToken(
    `Bearer ${token}`,
    http.jwtSecret ?? "",
    ["bearer"],
    ["*"],
    http.jwtPublicKey,
    http.jwtVerifyOptions ?? http.jwtOptions
  )
}

/**
 * Of a token, what is signed. Its signature may be written in several ways that
 * all verify, and one of them must not escape a revocation.
 */
export function tokenKey(token: string): string {
  return sha256(token.slice(0, Math.max(token.lastIndexOf("."), 0)) || token)
}

/** The sign-in of a session cookie; null where there is none. */
export function shownCookie(req: MedusaRequest): Shown | null {
  const session = sessionOf(req)
  const claims = session?.auth_context
  return session && claims
    ? { kind: "cookie", claims, hash: sha256(session.id) }
    : null
}

/** The credential that core's routes below `/auth` act on: the cookie first. */
export function actingClaims(req: MedusaRequest): Claims | null {
  return shownCookie(req)?.claims ?? shownBearer(req)?.claims ?? null
}

/**
 * Whose credential it is. A token from before the second factor, or for another
 * kind of actor, names the identity only, and is as good for changing it.
 *
 * @returns null for an admin's, and for who is nobody's customer yet
 */
export async function customerOf(
  req: MedusaRequest,
  claims: Claims
): Promise<string | null> {
  if (claims.actor_id) {
    return claims.actor_type === "customer" ? claims.actor_id : null
  }
  return claims.auth_identity_id
    ? await customerOfIdentity(req, claims.auth_identity_id)
    : null
}

/** The customer that an identity belongs to. */
export async function customerOfIdentity(
  req: MedusaRequest,
  id: string
): Promise<string | null> {
  const [identity] = await req.scope
    .resolve(Modules.AUTH)
    .listAuthIdentities(
      { id: [id] },
      { select: ["id", "app_metadata"], take: 1 }
    )
  const customer_id = identity?.app_metadata?.customer_id
  return typeof customer_id === "string" ? customer_id : null
}

/** A session of express-session, which Medusa leaves untyped. */
export type CookieSession = {
  id: string
  auth_context?: Claims
  cookie: { maxAge?: number; expires?: Date | null }
  regenerate(done: (error?: unknown) => void): void
}

/** The request's session. */
export function sessionOf(req: MedusaRequest): CookieSession | undefined {
  return req.session as CookieSession | undefined
}

/**
 * Ends the cookie's session in the store and gives the request an empty one of
 * another id.
 */
export async function renewSession(req: MedusaRequest): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const session = sessionOf(req)
    if (!session) {
      resolve()
      return
    }
    session.regenerate((error) => {
      if (error) {
        reject(toError(error))
      } else {
        resolve()
      }
    })
  })
}

function toError(error: unknown): Error {
  return error instanceof Error
    ? error
    : new MedusaError(
        MedusaError.Types.UNEXPECTED_STATE,
        "The session could not be renewed."
      )
}

/** What a cookie is known by. */
export function cookieKey(id: string): string {
  return sha256(id)
}

function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex")
}
