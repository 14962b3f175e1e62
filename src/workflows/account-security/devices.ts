import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import type { DeviceView } from "../../types/portal-session-http"
import { portalSessions } from "../portal-sessions/services"
import { securityMail } from "./security-mail"

const MOST = 50

/** What was handed out, and to whom. */
export type SeenSignIn = {
  customer_id: string
  kind: "jwt" | "cookie"
  token_hash: string
  expires_at: Date
  client: {
    ip: string | null
    user_agent: string | null
    device_label: string | null
  }
}

/** Where a customer is signed in with Medusa's own login, newest first. */
export async function listDevices(
  container: MedusaContainer,
  input: { customer_id: string }
): Promise<DeviceView[]> {
  const rows = await portalSessions(container).listSignIns({
    customer_id: input.customer_id,
    limit: MOST,
  })
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    device_label: row.device_label,
    ip: row.ip,
    created_at: iso(row.created_at),
    last_seen_at: iso(row.last_seen_at),
    expires_at: iso(row.expires_at),
  }))
}

/** Of ids of Medusa's own sign-ins; others are portal sessions'. */
const DEVICE_PREFIX = "pdev_"

/** Whether an id is one of a sign-in of Medusa's own. */
export function isDeviceId(id: string): boolean {
  return id.startsWith(DEVICE_PREFIX)
}

/**
 * Ends one of them: at once in this process, in others within five seconds.
 *
 * @param input.customer_id - whose it must be; an admin ends anybody's
 * @throws `not_found` where it is not theirs, or has ended
 */
export async function revokeDevice(
  container: MedusaContainer,
  input: { id: string; customer_id?: string }
): Promise<void> {
  if (!(await portalSessions(container).revokeSignIn(input))) {
    throw portalError("not_found")
  }
}

/**
 * Notes a sign-in, and tells the customer where it is from a device that was not
 * there before. The first one ever is not news.
 */
export async function recordSignIn(
  container: MedusaContainer,
  { customer_id, kind, token_hash, expires_at, client }: SeenSignIn
): Promise<void> {
  const { is_new_device } = await portalSessions(container).recordSignIn({
    customer_id,
    kind,
    token_hash,
    expires_at,
    ...client,
  })
  if (is_new_device) {
    // Nobody waits for a mail to be sent; it never throws.
    void tellOfNewDevice(container, customer_id, token_hash, client)
  }
}

async function tellOfNewDevice(
  container: MedusaContainer,
  customer_id: string,
  token_hash: string,
  { device_label, ip }: SeenSignIn["client"]
): Promise<void> {
  await securityMail(container, {
    customer_id,
    template: "new-sign-in",
    occasion: token_hash.slice(0, 32),
    props: ({ portal_url }) => ({
      device: device_label ?? "–",
      ip: ip ?? "–",
      time: new Date().toISOString(),
      security_url: `${portal_url}/security`,
    }),
  })
}

function iso(time: Date | string): string {
  return new Date(time).toISOString()
}
