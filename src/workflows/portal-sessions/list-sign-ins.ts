import type { MedusaContainer } from "@medusajs/framework/types"
import type { SignInView } from "../../types/portal-session-http"
import type { Tenant } from "../../types/tenant"
import { listDevices } from "../account-security/devices"
import { portalSessions } from "./services"

const MOST = 50

/**
 * Where a customer is signed in now, newest first: portal sessions of the tenant,
 * and Medusa's own sign-ins, which belong to no tenant.
 */
export async function listSignIns(
  container: MedusaContainer,
  input: { tenant: Tenant; customer_id: string; current_id: string | null }
): Promise<SignInView[]> {
  const { rows } = await portalSessions(container).findSessions({
    tenant_id: input.tenant.id,
    customer_id: input.customer_id,
    status: ["active"],
    limit: MOST,
    offset: 0,
  })
  const sessions: SignInView[] = rows.map((row) => ({
    id: row.id,
    kind: "portal",
    device_label: row.device_label,
    ip: row.ip,
    created_at: new Date(row.redeemed_at ?? row.created_at).toISOString(),
    last_seen_at: row.last_seen_at && new Date(row.last_seen_at).toISOString(),
    expires_at:
      row.session_expires_at && new Date(row.session_expires_at).toISOString(),
    is_current: row.id === input.current_id,
  }))
  const devices = await listDevices(container, input)
  return [
    ...sessions,
    ...devices.map((device) => ({ ...device, is_current: false })),
  ].sort((a, b) => b.created_at.localeCompare(a.created_at))
}
