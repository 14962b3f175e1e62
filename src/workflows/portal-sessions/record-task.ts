import type { MedusaContainer } from "@medusajs/framework/types"
import {
  finishesFlow,
  TASKS,
  type PortalTask,
} from "../../modules/portal-session/domain/tasks"
import type { AfterCompletion, PortalFlow } from "../../types/portal-session"
import type { Tenant } from "../../types/tenant"
import { portalSessions } from "./services"
import { endSession } from "./session-actions"

/** Who did it; `req.portal` is one. */
export type TaskActor = {
  tenant: Tenant
  customer_id: string
  /** null with a login of Medusa's own. */
  session: {
    id: string
    flow: PortalFlow | null
    impersonator_id: string | null
    after_completion: AfterCompletion | null
  } | null
}

/**
 * Counts that a customer has begun a task, once for each session. What is begun
 * and not completed shows where people give up. Without a session there is
 * nothing to count by: nobody could tell that what was begun is what is completed.
 *
 * @example
 * await recordTaskStart(req.scope, req.portal, "payment_method_updated")
 */
export async function recordTaskStart(
  container: MedusaContainer,
  { tenant, customer_id, session }: TaskActor,
  task: PortalTask
): Promise<void> {
  if (session) {
    await portalSessions(container).recordEvent({
      type: "task_started",
      task,
      tenant_id: tenant.id,
      customer_id,
      session_id: session.id,
      actor_id: session.impersonator_id,
    })
  }
}

/**
 * Counts a task that a customer has completed, once for each session, and ends
 * the session where its link says so and this is what it was for. Call it when
 * the action has succeeded.
 *
 * A login of Medusa's own has no session to count by: what it only looks at is
 * not written down.
 *
 * @returns whether it was new, and whether the session ended
 * @example
 * await recordTask(req.scope, req.portal, "subscription_canceled")
 */
export async function recordTask(
  container: MedusaContainer,
  actor: TaskActor,
  task: PortalTask,
  options: {
    /** The caller says that the flow is done, so that looking is enough. */
    isDone?: boolean
  } = {}
): Promise<{ recorded: boolean; ended: boolean }> {
  const { tenant, customer_id, session } = actor
  const isView = TASKS[task].is_view
  if (!session && isView) {
    return { recorded: false, ended: false }
  }
  const recorded = await portalSessions(container).recordEvent({
    type: "task_completed",
    task,
    tenant_id: tenant.id,
    customer_id,
    session_id: session?.id,
    actor_id: session?.impersonator_id,
  })
  const ended =
    session?.after_completion?.end_session === true &&
    (!isView || options.isDone === true) &&
    finishesFlow(task, session.flow?.type ?? null)
  if (session && ended) {
    await endSession(container, { tenant, customer_id, session_id: session.id })
  }
  return { recorded, ended }
}
