import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"
import PortalCartItem from "./models/cart-item"
import PortalCartPaymentSetup from "./models/cart-payment-setup"
import PortalChargeAttempt from "./models/charge-attempt"
import PortalSubscription from "./models/subscription"
import PortalSubscriptionCycle from "./models/subscription-cycle"
import PortalSubscriptionEvent from "./models/subscription-event"
import PortalSubscriptionItem from "./models/subscription-item"
import PortalSubscriptionPlan from "./models/subscription-plan"
import PortalSubscriptionPlanTarget from "./models/subscription-plan-target"
import {
  listUnannounced,
  markAnnounced,
  type Unannounced,
} from "./queries/announcements"
import { attachPayments, type CyclePayment } from "./queries/attach-payments"
import {
  claimAbandonedCycles,
  claimCycle,
  claimCycleOfSession,
  claimDueCycles,
  releaseCycles,
  type Claim,
} from "./queries/claim-cycles"
import { closeClaimed, type ClosedCycle } from "./queries/close-claimed"
import {
  completeCycles,
  scheduleCycles,
  type CompletedCycle,
  type NextCycle,
} from "./queries/complete-cycles"
import type { ModuleContext } from "../../database/execute"
import { declineHistory, type DeclineHistory } from "./queries/decline-history"
import { loadBillingSubscriptions } from "./queries/load-billing"
import {
  countLiveSubscriptions,
  deleteUnusedPlan,
  setPlanStatus,
} from "./queries/plans"
import { findOpenCycle } from "./queries/find-open-cycle"
import {
  listMethodUses,
  pagePayingHolders,
  switchPaymentMethod,
  type MethodUse,
  type PayingHolder,
  type SwitchedSubscription,
} from "./queries/payment-methods"
import { priceCycles, type PricedCycle } from "./queries/price-cycles"
import { recordOutcome, type CycleOutcome } from "./queries/record-outcome"
import { startCharges, type StartedCharge } from "./queries/start-charges"
import { writeTimeline, type TimelineEntry } from "./queries/write-events"
import {
  findPlan,
  insertPlan,
  restorePlan,
  updatePlan,
  type NewPlan,
  type PlanRow,
  type PlanUpdate,
} from "./queries/write-plan"
import type { BillingSubscription, CycleRow } from "./domain/billing"
import type { CycleStatus, PlanStatus } from "../../types/subscription"
import {
  consumeCartItems,
  insertSubscription,
  type SubscriptionDraft,
} from "./queries/insert-subscription"
import {
  getSubscription,
  type FoundSubscription,
} from "./queries/get-subscription"
import {
  listCycles,
  listTimeline,
  type HistoryInput,
} from "./queries/list-history"
import { listSubscriptions } from "./queries/list-subscriptions"
import {
  summarizeSubscriptions,
  type SubscriptionSummary,
} from "./queries/summarize-subscriptions"
import type { ReadScope } from "./queries/read-scope"

/**
 * Owns plans, subscriptions, their billing cycles, charge attempts and timeline.
 * Knows no product, price, order or payment but by id.
 */
export default class SubscriptionModuleService extends MedusaService({
  PortalSubscriptionPlan,
  PortalSubscriptionPlanTarget,
  PortalSubscription,
  PortalSubscriptionItem,
  PortalSubscriptionCycle,
  PortalChargeAttempt,
  PortalSubscriptionEvent,
  PortalCartItem,
  PortalCartPaymentSetup,
}) {
  /**
   * Makes the subscriptions of an order's purchase and takes the cart's rows out
   * of the work list, all or nothing. Each plan gets at most one subscription an
   * order, whoever else tries at the same time.
   *
   * @returns ids of the subscriptions that this call made
   */
  @InjectTransactionManager()
  async insertSubscriptions(
    input: { cart_id: string; drafts: SubscriptionDraft[] },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string[]> {
    const created: string[] = []
    // One fixed order, so that two writers never wait for each other.
    const drafts = [...input.drafts].sort((a, b) =>
      a.plan_id < b.plan_id ? -1 : 1
    )
    for (const draft of drafts) {
      const id = await insertSubscription(sharedContext, draft)
      if (id) {
        created.push(id)
      }
    }
    await consumeCartItems(sharedContext, input.cart_id)
    return created
  }

  /** Takes due cycles; see `claimDueCycles`. */
  @InjectManager()
  async claimDueCycles(
    input: Claim & { now: Date; limit: number; exclude: string[] },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<CycleRow[]> {
    return await claimDueCycles(sharedContext, input)
  }

  /** Takes one cycle, due or not. */
  @InjectManager()
  async claimCycle(
    input: Claim & { cycle_id: string },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<CycleRow[]> {
    return await claimCycle(sharedContext, input)
  }

  /** Gives back cycles that were not charged; answers their ids. */
  @InjectManager()
  async releaseCycles(
    input: { worker: string; now: Date; ids: string[] },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string[]> {
    return await releaseCycles(sharedContext, input)
  }

  /** Takes over cycles whose worker is gone. */
  @InjectManager()
  async claimAbandonedCycles(
    input: Claim & { limit: number; exclude: string[] },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<CycleRow[]> {
    return await claimAbandonedCycles(sharedContext, input)
  }

  /** Takes the cycle that a payment session charges. */
  @InjectManager()
  async claimCycleOfSession(
    input: Claim & { payment_session_id: string },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<CycleRow[]> {
    return await claimCycleOfSession(sharedContext, input)
  }

  /** Loads what billing needs of some subscriptions. */
  @InjectManager()
  async loadBillingSubscriptions(
    ids: string[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<BillingSubscription[]> {
    return await loadBillingSubscriptions(sharedContext, ids)
  }

  /** Ends the work on claimed cycles that are not charged. */
  @InjectManager()
  async closeClaimedCycles(
    input: { worker: string; now: Date; cycles: ClosedCycle[] },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await closeClaimed(sharedContext, input)
  }

  /** Stores the quotes of claimed cycles. */
  @InjectManager()
  async priceCycles(
    input: { worker: string; cycles: PricedCycle[] },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string[]> {
    return await priceCycles(sharedContext, input.worker, input.cycles)
  }

  /** Ties cycles to their payments, once for ever. */
  @InjectManager()
  async attachCyclePayments(
    payments: CyclePayment[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<CyclePayment[]> {
    return await attachPayments(sharedContext, payments)
  }

  /** Records attempts before the provider hears of them. */
  @InjectManager()
  async startCharges(
    input: Parameters<typeof startCharges>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<StartedCharge[]> {
    return await startCharges(sharedContext, input)
  }

  /** Writes down what became of a charge. */
  @InjectManager()
  async recordCycleOutcome(
    outcome: CycleOutcome,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<CycleStatus | null> {
    return await recordOutcome(sharedContext, outcome)
  }

  /** Completes paid cycles and schedules their successors. */
  @InjectManager()
  async completeCycles(
    input: { now: Date; cycles: CompletedCycle[] },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string[]> {
    return await completeCycles(sharedContext, input)
  }

  /** Schedules successors of cycles that were left out. */
  @InjectManager()
  async scheduleCycles(
    cycles: NextCycle[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await scheduleCycles(sharedContext, cycles)
  }

  /** Writes timeline entries, each key once. */
  @InjectManager()
  async writeTimeline(
    entries: TimelineEntry[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await writeTimeline(sharedContext, entries)
  }

  /** Lists completed cycles whose events never left. */
  @InjectManager()
  async listUnannouncedCycles(
    input: { olderThanSeconds: number; limit: number },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<Unannounced[]> {
    return await listUnannounced(sharedContext, input)
  }

  /** Notes that the events of some cycles have left. */
  @InjectManager()
  async markCyclesAnnounced(
    ids: string[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await markAnnounced(sharedContext, ids)
  }

  /** Counts the declined attempts of a cycle. */
  @InjectManager()
  async getDeclineHistory(
    cycleId: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<DeclineHistory> {
    return await declineHistory(sharedContext, cycleId)
  }

  /** Writes a new plan with its targets. */
  @InjectTransactionManager()
  async insertPlan(
    plan: NewPlan,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string> {
    return await insertPlan(sharedContext, plan)
  }

  /** A plan with its targets. */
  @InjectManager()
  async findPlan(
    id: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<PlanRow | null> {
    return await findPlan(sharedContext, id)
  }

  /** Changes a plan and answers what it was. */
  @InjectTransactionManager()
  async updatePlan(
    update: PlanUpdate,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<PlanRow> {
    return await updatePlan(sharedContext, update)
  }

  /** Puts a plan back to what it was. */
  @InjectTransactionManager()
  async restorePlan(
    before: PlanRow,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await restorePlan(sharedContext, before)
  }

  /** Offers a plan or stops offering it; answers the status before. */
  @InjectManager()
  async setPlanStatus(
    input: { id: string; status: PlanStatus },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<PlanStatus | null> {
    return await setPlanStatus(sharedContext, input)
  }

  /** Deletes a plan that nothing uses. */
  @InjectManager()
  async deleteUnusedPlan(
    id: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<boolean> {
    return await deleteUnusedPlan(sharedContext, id)
  }

  /** Counts a plan's subscriptions that bill or will. */
  @InjectManager()
  async countLiveSubscriptions(
    planId: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<number> {
    return await countLiveSubscriptions(sharedContext, planId)
  }

  /** A page of subscriptions; see the query of the same name. */
  @InjectManager()
  async readSubscriptions(
    input: Parameters<typeof listSubscriptions>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof listSubscriptions> {
    return await listSubscriptions(sharedContext, input)
  }

  /** Counts and what is wrong; see the query of the same name. */
  @InjectManager()
  async summarizeSubscriptions(
    scope: ReadScope,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<SubscriptionSummary> {
    return await summarizeSubscriptions(sharedContext, scope)
  }

  /** One subscription, or null where there is none within the scope. */
  @InjectManager()
  async readSubscription(
    input: Parameters<typeof getSubscription>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<FoundSubscription | null> {
    return await getSubscription(sharedContext, input)
  }

  /** A page of a subscription's cycles with their attempts. */
  @InjectManager()
  async readCycles(
    input: HistoryInput,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof listCycles> {
    return await listCycles(sharedContext, input)
  }

  /** A page of a subscription's timeline. */
  @InjectManager()
  async readTimeline(
    input: HistoryInput,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof listTimeline> {
    return await listTimeline(sharedContext, input)
  }

  /** The cycle that a subscription is at, or null at its end. */
  @InjectManager()
  async getOpenCycle(
    subscriptionId: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<CycleRow | null> {
    return await findOpenCycle(sharedContext, subscriptionId)
  }

  /** The live subscriptions of a customer that have a payment method. */
  @InjectManager()
  async listMethodUses(
    customerId: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MethodUse[]> {
    return await listMethodUses(sharedContext, customerId)
  }

  /** See `switchPaymentMethod`. */
  @InjectManager()
  async switchPaymentMethod(
    input: Parameters<typeof switchPaymentMethod>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<SwitchedSubscription[]> {
    return await switchPaymentMethod(sharedContext, input)
  }

  /** See `pagePayingHolders`. */
  @InjectManager()
  async pagePayingHolders(
    page: { after: string; limit: number },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<PayingHolder[]> {
    return await pagePayingHolders(sharedContext, page)
  }
}
