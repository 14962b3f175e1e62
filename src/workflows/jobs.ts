/**
 * The plugin's jobs by name, as `POST /admin/portal/jobs/:name/run` knows them.
 * The scheduled files of `src/jobs` call the same functions.
 */
import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../errors/portal-error"
import { purgeExpired } from "./account/purge-expired"
import { reconcileMemberships } from "./memberships/reconcile-memberships"
import { snapshotSubscriptions } from "./metrics/snapshot-subscriptions"
import { sendRenewalReminders } from "./notices/send-renewal-reminders"
import { warnExpiringCards } from "./payment-methods/warn-expiring-cards"
import { renewSubscriptions } from "./subscription-actions/renew-subscriptions"
import { settle } from "./subscription-actions/settle"
import { reconcileOrders } from "./subscriptions/reconcile-orders"

/** Does everything that is due at the plugin's time and says how much it was. */
export type PortalJob = (
  container: MedusaContainer
) => Promise<Record<string, number>>

/** Names are a contract: see the reference of the HTTP API. */
export const PORTAL_JOBS = {
  "renew-subscriptions": renewSubscriptions,
  "settle-unknown-charges": settle,
  "reconcile-orders": reconcileOrders,
  "reconcile-memberships": (container) => reconcileMemberships(container),
  "send-renewal-reminders": sendRenewalReminders,
  "warn-expiring-cards": warnExpiringCards,
  "snapshot-subscriptions": snapshotSubscriptions,
  "purge-expired": purgeExpired,
} satisfies Record<string, PortalJob>

/**
 * Runs a job now and waits for it.
 *
 * @throws `job_unknown` (404) with the names that there are
 * @example
 * await runPortalJob(container, "renew-subscriptions") // { claimed: 3, paid: 3 }
 */
export async function runPortalJob(
  container: MedusaContainer,
  name: string
): Promise<Record<string, number>> {
  const jobs: Record<string, PortalJob> = PORTAL_JOBS
  const job = Object.hasOwn(jobs, name) ? jobs[name] : undefined
  if (!job) {
    throw portalError("job_unknown", { details: { known: Object.keys(jobs) } })
  }
  return job(container)
}
