import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { portalSessions } from "./services"

/**
 * Ends all links and sessions of a customer, and what Medusa's own login issued.
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
  const revoked = await portalSessions(container).revokeCustomer({
    customer_id,
    reason,
    tokens: true,
  })
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
