/**
 * Who stands before a route of `/store/portal`. Everything that a route does
 * takes the customer from `req.portal`, never from the body or the query.
 */
import {
  authenticate,
  type AuthenticatedMedusaRequest,
  type MedusaNextFunction,
  type MedusaRequest,
  type MedusaResponse,
  type MedusaStoreRequest,
} from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"
import { withPortalErrors } from "../../errors/error-handler"
import { portalError } from "../../errors/portal-error"

/** What a credential stands for. */
export type PortalContext = { customer_id: string }

/** A request behind the guard. */
export type PortalRequest<
  Body = unknown,
  Query = Record<string, unknown>,
> = MedusaStoreRequest<Body, Query> & { portal: PortalContext }

/**
 * Reads one kind of credential from a request.
 *
 * @returns undefined where the request does not carry it
 * @throws a 401 or 403 where it does and it does not hold
 */
export type PortalCredential = (
  req: MedusaRequest
) => Promise<PortalContext | undefined>

/** The kinds that are accepted; the first that a request carries counts. */
const CREDENTIALS: readonly PortalCredential[] = [customerLogin]

// Medusa lets `/store` pass unauthenticated and then does not look at MFA. This
// one looks: MFA is required wherever the customer has switched it on.
const requireCustomer = authenticate("customer", ["bearer", "session"])

/**
 * Refuses whoever does not show a credential of an existing customer and puts
 * `req.portal` on the request. Answers are never cached: they are a person's.
 */
export const portalGuard = withPortalErrors(async function portalGuard(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
) {
  res.setHeader("Cache-Control", "no-store")
  for (const credential of CREDENTIALS) {
    const portal = await credential(req)
    if (portal) {
      Object.assign(req, { portal })
      next()
      return
    }
  }
  throw portalError("unauthorized")
})

/** A normal customer login of Medusa's: bearer token or session cookie. */
async function customerLogin(
  req: MedusaRequest
): Promise<PortalContext | undefined> {
  const verdict = { passed: false, message: undefined as string | undefined }
  // Medusa's middleware answers a refusal by itself. Ours has another shape, so
  // it is given a response that only remembers.
  const refusal = {
    status: () => refusal,
    json: (body: { message?: string }) => {
      verdict.message = body.message
    },
  }
  const pass = () => {
    verdict.passed = true
  }
  // Typed as if it answered at once; it is a promise.
  await Promise.resolve(
    requireCustomer(req, refusal as unknown as MedusaResponse, pass)
  )
  if (!verdict.passed) {
    throw portalError("unauthorized", { message: verdict.message })
  }
  const { actor_id } = (req as AuthenticatedMedusaRequest).auth_context
  if (!(await customerExists(req, actor_id))) {
    throw portalError("unauthorized")
  }
  return { customer_id: actor_id }
}

/** A token outlives its customer, so the token alone proves nobody. */
async function customerExists(
  req: MedusaRequest,
  customerId: string
): Promise<boolean> {
  const customers = await req.scope
    .resolve(Modules.CUSTOMER)
    .listCustomers({ id: [customerId] }, { select: ["id"], take: 1 })
  return customers.length === 1
}
