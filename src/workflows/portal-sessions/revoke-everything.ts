import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { signOutEverywhere } from "../account-security/sign-out-everywhere"
import { portalSessions } from "./services"

/**
 * Ends all links and sessions of a customer and what Medusa's own login issued, for
 * an admin. The customer is told.
 *
 * @returns how many links and sessions of the portal ended
 * @throws `not_found` where there is no such customer
 */
export async function revokeEverything(
  container: MedusaContainer,
  input: { customer_id: string; reason: string; actor_id: string }
): Promise<number> {
  const { customer_id, reason, actor_id } = input
  const [customer] = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers({ id: [customer_id] }, { select: ["id"], take: 1 })
  if (!customer) {
    throw portalError("not_found")
  }
  const revoked = await signOutEverywhere(container, { customer_id, reason })
  await portalSessions(container).recordEvent({
    type: "sessions_revoked",
    // Of all tenants at once.
    tenant_id: "",
    customer_id,
    actor_id,
    data: { reason, revoked },
  })
  return revoked
}
