import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import {
  ActionService,
  lockedContext,
  type ChangeRequest,
} from "./action-service"
import type {
  ActionContext,
  OpenContext,
} from "./domain/actions/action-context"
import type { CycleRow } from "./domain/billing"
import {
  insertChangeCycle,
  listPaidPeriods,
  listUnconfirmedChanges,
  type NewChangeCharge,
  type UnconfirmedChange,
} from "./queries/change-cycles"
import type { Claim } from "./queries/claim-cycles"
import {
  recordOutcome,
  type CycleOutcome,
  type RecordedOutcome,
} from "./queries/record-outcome"
import { settleChange } from "./queries/settle-change"

/** The part of the module's service about changes that cost something. */
export class ChangeService extends ActionService {
  /**
   * Opens the charge of a change under the subscription's lock. From here on the
   * next period waits until the charge is over.
   *
   * @param judge - looks at the subscription as it stands; its error undoes all
   * @throws `not_found`, `expected_status` (409), and what `judge` throws
   */
  @InjectTransactionManager()
  async openChange(
    request: ChangeRequest & Claim & { charge: NewChangeCharge },
    judge: (context: ActionContext) => asserts context is OpenContext,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<CycleRow> {
    const context: ActionContext = await lockedContext(sharedContext, request)
    judge(context)
    const { worker, leaseSeconds, charge, actor, now } = request
    return await insertChangeCycle(sharedContext, {
      worker,
      leaseSeconds,
      charge,
      actor,
      now,
      next: context.cycle,
    })
  }

  /** See `listPaidPeriods`. */
  @InjectManager()
  async listPaidPeriods(
    input: Parameters<typeof listPaidPeriods>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<CycleRow[]> {
    return await listPaidPeriods(sharedContext, input)
  }

  /** See `listUnconfirmedChanges`. */
  @InjectManager()
  async listUnconfirmedChanges(
    input: Parameters<typeof listUnconfirmedChanges>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<UnconfirmedChange[]> {
    return await listUnconfirmedChanges(sharedContext, input)
  }

  /**
   * Writes down what became of a charge, and for a change what follows from it, in
   * one transaction.
   */
  @InjectTransactionManager()
  async recordCycleOutcome(
    outcome: CycleOutcome,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<RecordedOutcome> {
    const { kind, ...recorded } = await recordOutcome(sharedContext, outcome)
    return kind === "change"
      ? await settleChange(sharedContext, {
          cycle_id: outcome.cycle_id,
          now: outcome.now,
          recorded,
        })
      : recorded
  }
}
