import { runJob, type HttpClient } from "../../helpers"

/** The lease of cycles in these suites: as short as the option allows. */
export const LEASE_SECONDS = 1

/** Waits until a worker that is gone has lost its cycles. */
export async function leaseRunsOut(): Promise<void> {
  await new Promise((resolve) =>
    setTimeout(resolve, LEASE_SECONDS * 1000 + 100)
  )
}

/** One run of the jobs, after the lease of whoever is gone. */
export async function recover(
  admin: HttpClient,
  afterSettling?: () => void
): Promise<void> {
  await leaseRunsOut()
  await runJob(admin, "settle-unknown-charges")
  afterSettling?.()
  await runJob(admin, "renew-subscriptions")
  await runJob(admin, "settle-unknown-charges")
}
