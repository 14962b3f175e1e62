import { InjectManager, MedusaContext } from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import { declineHistory, type DeclineHistory } from "./queries/decline-history"
import { loadBillingSubscriptions } from "./queries/load-billing"
import { findOpenCycle } from "./queries/find-open-cycle"
import { chargeFreeAt } from "./queries/network-bound"
import {
  listMethodUses,
  pagePayingHolders,
  type MethodUse,
  type PayingHolder,
} from "./queries/payment-methods"
import type { BillingSubscription, CycleRow } from "./domain/billing"
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
import { MembershipService } from "./membership-service"

/** The part of the module's service that reads. */
export class ReadService extends MembershipService {
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

  /** Loads what billing needs of some subscriptions. */
  @InjectManager()
  async loadBillingSubscriptions(
    ids: string[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<BillingSubscription[]> {
    return await loadBillingSubscriptions(sharedContext, ids)
  }

  /** Counts the declined attempts of a cycle. */
  @InjectManager()
  async getDeclineHistory(
    input: Parameters<typeof declineHistory>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<DeclineHistory> {
    return await declineHistory(sharedContext, input)
  }

  /** See `chargeFreeAt`. */
  @InjectManager()
  async chargeFreeAt(
    input: Parameters<typeof chargeFreeAt>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<Date | null> {
    return await chargeFreeAt(sharedContext, input)
  }

  /** The live subscriptions of a customer that have a payment method. */
  @InjectManager()
  async listMethodUses(
    customerId: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MethodUse[]> {
    return await listMethodUses(sharedContext, customerId)
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
