import type { MedusaContainer } from "@medusajs/framework/types"
import type { Tenant } from "../../types/tenant"
import { portalSessions } from "../portal-sessions/services"
import { securityMail } from "./security-mail"

/** Whoever presses twice means it once. */
const OCCASION_SECONDS = 10

/**
 * Ends all links and sessions of a customer and what Medusa's own login issued,
 * and tells the customer. Calls within ten seconds are one occasion, and one mail.
 *
 * @param input.keep_session_id - the portal session that asks, which stays
 * @param input.tenant - where the request tells the brand
 * @returns how many links and sessions of the portal ended
 * @example
 * await signOutEverywhere(container, {
 *   customer_id,
 *   reason: "signed_out_everywhere",
 * })
 */
export async function signOutEverywhere(
  container: MedusaContainer,
  input: {
    customer_id: string
    reason: string
    keep_session_id?: string
    tenant?: Tenant
  }
): Promise<number> {
  const { customer_id, reason, keep_session_id, tenant } = input
  const sessions = portalSessions(container)
  const revoked = await sessions.revokeCustomer({
    customer_id,
    reason,
    except: keep_session_id,
    tokens: true,
  })
  const key = `told-signed-out:${customer_id}`
  if (await sessions.claimOnce({ key, seconds: OCCASION_SECONDS })) {
    const time = new Date().toISOString()
    await securityMail(container, {
      customer_id,
      template: "signed-out-everywhere",
      props: { time, others_only: keep_session_id !== undefined },
      occasion: time,
      tenant,
    })
  }
  return revoked
}
