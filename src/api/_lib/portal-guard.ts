/**
 * Who stands before a route of `/store/portal`. Everything that a route does
 * takes tenant, customer and scopes from `req.portal`, never from the body or the
 * query.
 */
import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
  MedusaStoreRequest,
} from "@medusajs/framework/http"
import { Modules } from "@medusajs/framework/utils"
import { withPortalErrors } from "../../errors/error-handler"
import { portalError } from "../../errors/portal-error"
import type {
  AfterCompletion,
  MfaState,
  PortalFlow,
  PortalScope,
} from "../../types/portal-session"
import type { Tenant } from "../../types/tenant"
import { customerLogin } from "./credentials/customer-login"
import { sessionToken } from "./credentials/session-token"
import { permit } from "./permit"
import { ruleOf } from "./portal-routes"
import { tenantOfRequest } from "./tenant-of-request"

/** What a credential stands for. */
export type Credential = {
  customer_id: string
  scopes: readonly PortalScope[]
  /** The portal session; null with a login of Medusa's own. */
  session: PortalSessionContext | null
}

/** A portal session as routes see it. */
export type PortalSessionContext = {
  id: string
  flow: PortalFlow | null
  mfa_state: MfaState
  /** Within the last minutes a password, second factor or mailbox was shown. */
  is_stepped_up: boolean
  /** An admin that looks at the account. */
  impersonator_id: string | null
  /** Set where a member acts in somebody's account. */
  member_id: string | null
  return_url: string | null
  after_completion: AfterCompletion | null
  locale: string | null
  /** ISO 8601 in UTC. */
  expires_at: string | null
  idle_expires_at: string | null
}

/** Who calls, for which brand, and what they may do. */
export type PortalContext = Credential & {
  tenant: Tenant
  customer: { email: string; has_account: boolean }
  /** For a greeting; read along, so that a home screen need not ask again. */
  first_name: string | null
}

/** A request behind the guard. */
export type PortalRequest<
  Body = unknown,
  Query = Record<string, unknown>,
> = MedusaStoreRequest<Body, Query> & { portal: PortalContext }

/** A request to a route without a credential: only the tenant is known. */
export type PublicPortalRequest<Body = unknown> = MedusaStoreRequest<Body> & {
  portal: { tenant: Tenant }
}

/**
 * Refuses whoever may not call the route and puts `req.portal` on the request.
 * Answers are never cached: they are a person's.
 *
 * At most two SQL statements: the session with its member's role, and the customer.
 */
export const portalGuard = withPortalErrors(async function portalGuard(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
) {
  res.setHeader("Cache-Control", "no-store")
  res.setHeader("Referrer-Policy", "no-referrer")
  const [path = ""] = req.originalUrl.split("?")
  const route = ruleOf(req.method, path)
  const tenant = tenantOfRequest(req)
  if (!tenant.enabled) {
    throw disabled(path)
  }
  if (route?.rule.needs === "public") {
    Object.assign(req, { portal: { tenant } })
    next()
    return
  }
  const portal = await identify(req, tenant)
  await permit(req, portal, route)
  Object.assign(req, { portal })
  next()
})

/**
 * Who calls.
 *
 * @throws `unauthorized` and the other refusals of a credential (401, 400)
 */
export async function identify(
  req: MedusaRequest,
  tenant: Tenant
): Promise<PortalContext> {
  const credential = await credentialOf(req, tenant)
  const found = await findCustomer(req, credential.customer_id)
  if (!found) {
    // A token outlives its customer, so the token alone proves nobody.
    throw portalError("unauthorized")
  }
  return { ...credential, tenant, ...found }
}

/** A portal session where the request shows one, else a login of Medusa's. */
async function credentialOf(
  req: MedusaRequest,
  tenant: Tenant
): Promise<Credential> {
  return (await sessionToken(req, tenant)) ?? (await customerLogin(req))
}

/** A brand that is switched off: its links are over, its sessions too. */
function disabled(path: string): Error {
  return path.startsWith("/store/portal/sessions/")
    ? portalError("portal_link_expired", { details: { recoverable: false } })
    : portalError("tenant_unknown")
}

async function findCustomer(
  req: MedusaRequest,
  id: string
): Promise<Pick<PortalContext, "customer" | "first_name"> | null> {
  const [customer] = await req.scope
    .resolve(Modules.CUSTOMER)
    .listCustomers(
      { id: [id] },
      { select: ["id", "email", "has_account", "first_name"], take: 1 }
    )
  return customer
    ? {
        customer: { email: customer.email, has_account: customer.has_account },
        first_name: customer.first_name ?? null,
      }
    : null
}
