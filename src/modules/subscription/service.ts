import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"
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
import {
  switchPaymentMethod,
  type SwitchedSubscription,
} from "./queries/payment-methods"
import { priceCycles, type PricedCycle } from "./queries/price-cycles"
import { settleOutside } from "./queries/settle-outside"
import { startCharges, type StartedCharge } from "./queries/start-charges"
import {
  writeTimeline,
  type TimelineEntry,
  type WrittenEntry,
} from "./queries/write-events"
import type { CycleRow } from "./domain/billing"
import {
  consumeCartItems,
  insertSubscription,
  type SubscriptionDraft,
} from "./queries/insert-subscription"
import { MetricsService } from "./metrics-service"

/**
 * Owns plans, subscriptions, their billing cycles, charge attempts and timeline.
 * Knows no product, price, order or payment but by id.
 */
export default class SubscriptionModuleService extends MetricsService {
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
      const made = await insertSubscription(sharedContext, draft)
      if (made) {
        created.push(made.id)
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

  /** Ends the work on claimed cycles that are not charged. */
  @InjectManager()
  async closeClaimedCycles(
    input: { worker: string; now: Date; cycles: ClosedCycle[] },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await closeClaimed(sharedContext, input)
  }

  /** See `settleOutside`. */
  @InjectManager()
  async settleCycleOutside(
    input: Parameters<typeof settleOutside>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<boolean> {
    return await settleOutside(sharedContext, input)
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

  /** Writes timeline entries, each key once; answers the new ones. */
  @InjectManager()
  async writeTimeline(
    entries: TimelineEntry[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<WrittenEntry[]> {
    return await writeTimeline(sharedContext, entries)
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

  /** See `switchPaymentMethod`. */
  @InjectManager()
  async switchPaymentMethod(
    input: Parameters<typeof switchPaymentMethod>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<SwitchedSubscription[]> {
    return await switchPaymentMethod(sharedContext, input)
  }
}
