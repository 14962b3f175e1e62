import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type { ModuleContext } from "../../database/execute"
import type { SubscriptionStatus } from "../../types/subscription"
import type { ActionContext, Actor } from "./domain/actions/action-context"
import type { SubscriptionChange } from "./domain/actions/subscription-change"
import { applyChange } from "./queries/apply-change"
import { listDueResumes } from "./queries/due-resumes"
import { lockSubscription } from "./queries/lock-subscription"
import {
  listUnsentEvents,
  markEventsSent,
  type OutgoingEntry,
} from "./queries/outgoing-events"
import { listUnvoidedCycles, markVoided } from "./queries/void-payments"
import type { CycleRow } from "./domain/billing"
import type { ReadScope } from "./queries/read-scope"
import { ReadService } from "./read-service"

/** Which subscription is changed, by whom, and what the caller saw before. */
export type ChangeRequest = {
  scope: ReadScope
  id: string
  actor: Actor
  now: Date
  safetyHours: number
  expected_status?: SubscriptionStatus
}

/** A change that is committed. */
export type ChangedSubscription = {
  entry: OutgoingEntry | null
  change: SubscriptionChange
  /** The cycle that was open when it was decided. */
  cycle_id: string | null
}

/** The part of the module's service by which people change a subscription. */
export class ActionService extends ReadService {
  /**
   * Decides about a subscription under its lock and writes what was decided, all
   * or nothing: of two changes at once the second sees what the first did.
   *
   * @param decide - pure; its error undoes everything
   * @throws `not_found`, `expected_status` (409), and what `decide` throws
   */
  @InjectTransactionManager()
  async changeSubscription(
    request: ChangeRequest,
    decide: (context: ActionContext) => SubscriptionChange,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<ChangedSubscription> {
    const context = await lockedContext(sharedContext, request)
    const { subscription, cycle, actor, now } = context
    const change = decide(context)
    const { entry_id } = await applyChange(sharedContext, {
      subscription,
      change,
      actor,
      now,
    })
    const { event, cycle_id } = change.entry
    return {
      entry: event
        ? {
            id: entry_id,
            subscription_id: subscription.id,
            cycle_id: cycle_id ?? null,
            event_name: event,
          }
        : null,
      change,
      cycle_id: cycle?.id ?? null,
    }
  }

  /**
   * Looks at a subscription as {@link changeSubscription} does and writes nothing.
   *
   * @throws `not_found`, `expected_status` (409), and what `judge` throws
   */
  @InjectTransactionManager()
  async judgeSubscription<T>(
    request: ChangeRequest,
    judge: (context: ActionContext) => T,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<T> {
    return judge(await lockedContext(sharedContext, request))
  }

  /** See `listDueResumes`. */
  @InjectManager()
  async listDueResumes(
    input: Parameters<typeof listDueResumes>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string[]> {
    return await listDueResumes(sharedContext, input)
  }

  /** See `listUnvoidedCycles`. */
  @InjectManager()
  async listUnvoidedCycles(
    input: Parameters<typeof listUnvoidedCycles>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<CycleRow[]> {
    return await listUnvoidedCycles(sharedContext, input)
  }

  /** See `markVoided`. */
  @InjectManager()
  async markCyclesVoided(
    ids: string[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await markVoided(sharedContext, ids)
  }

  /** See `listUnsentEvents`. */
  @InjectManager()
  async listUnsentEvents(
    input: Parameters<typeof listUnsentEvents>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<OutgoingEntry[]> {
    return await listUnsentEvents(sharedContext, input)
  }

  /** See `markEventsSent`. */
  @InjectManager()
  async markEventsSent(
    ids: string[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await markEventsSent(sharedContext, ids)
  }
}

/** A subscription under its lock, as decisions see it. */
export async function lockedContext(
  sharedContext: ModuleContext,
  request: ChangeRequest
): Promise<ActionContext> {
  const { actor, now, safetyHours, expected_status } = request
  const locked = await lockSubscription(sharedContext, request)
  if (!locked) {
    throw portalError("not_found")
  }
  const { status } = locked.subscription
  if (expected_status && expected_status !== status) {
    throw portalError("expected_status", { details: { status } })
  }
  return { ...locked, actor, now, safetyHours }
}
