import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { isPortalTask, TASKS } from "../../modules/portal-session/domain/tasks"
import type { CompleteTaskResponse } from "../../types/portal-admin-http"
import type { MfaState, PortalScope } from "../../types/portal-session"
import { recordTask, type TaskActor } from "./record-task"
import { covers } from "./scopes"

/** Who says that a task is done; `req.portal` is one. */
export type TaskReporter = TaskActor & {
  scopes: readonly PortalScope[]
  session: (TaskActor["session"] & { mfa_state: MfaState }) | null
}

/**
 * Takes a customer's word that a task is done. It counts once for the session
 * that says so, and only what that session could have done: nobody raises the
 * figures by more than their own visit.
 *
 * @throws `transition_not_allowed` without a portal session; `mfa_required`;
 * `task_unknown` (400); `portal_scope_missing` (403)
 */
export async function completeTask(
  container: MedusaContainer,
  reporter: TaskReporter,
  task: string
): Promise<CompleteTaskResponse> {
  const { session, scopes } = reporter
  if (!session) {
    throw portalError("transition_not_allowed")
  }
  if (session.mfa_state === "pending") {
    throw portalError("mfa_required")
  }
  if (!isPortalTask(task)) {
    throw portalError("task_unknown")
  }
  const needs = TASKS[task].scope
  if (!covers(scopes, needs)) {
    throw portalError("portal_scope_missing", { details: { needs } })
  }
  const outcome = await recordTask(container, reporter, task, { isDone: true })
  return { task, ...outcome }
}
