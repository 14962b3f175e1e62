import type {
  JobRunResponse,
  TestClockResponse,
} from "../../src/types/runtime-http"
import { post, type Stage } from "./stage"

/** Sets the plugin's test clock. */
export async function setClock(stage: Stage, now: string): Promise<void> {
  await post<TestClockResponse>(stage.admin, "/admin/portal/test-clock", {
    now,
  })
}

/**
 * Renews what is due, now. The store does it by itself every five minutes, so
 * somebody else may have been first: look at the result, not at the counts.
 */
export async function runRenewals(stage: Stage): Promise<void> {
  await post<JobRunResponse>(
    stage.admin,
    "/admin/portal/jobs/renew-subscriptions/run"
  )
}
