import {
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"
import { execute, type ModuleContext } from "../../database/execute"
import { portalError } from "../../errors/portal-error"
import { UsageService } from "./usage-service"
import {
  insertSubscription,
  type SubscriptionDraft,
  type SubscriptionMaker,
} from "./queries/insert-subscription"
import type { OutgoingEntry } from "./queries/outgoing-events"

/** A subscription that was made, or that an earlier call made. */
export type MadeSubscription = {
  id: string
  /** The event to send; null: an earlier call made it, and tells of it. */
  entry: OutgoingEntry | null
}

/** The part of the module's service that makes subscriptions without an order. */
export class CreationService extends UsageService {
  /**
   * Makes one subscription. Where the draft has a key, calls with it, also at the
   * same time, make one together and all get it.
   *
   * @throws `already_exists`: the key made one for somebody else or by another plan
   */
  @InjectTransactionManager()
  async createSubscription(
    draft: SubscriptionDraft,
    maker: SubscriptionMaker,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MadeSubscription> {
    const made = await insertSubscription(sharedContext, draft, maker)
    if (made) {
      const { id, entry_id } = made
      const { event_name } = maker
      return {
        id,
        entry: {
          id: entry_id,
          subscription_id: id,
          cycle_id: null,
          event_name,
        },
      }
    }
    const id = await this.findCreatedSubscription(
      {
        creation_key: draft.creation_key ?? "",
        customer_id: draft.customer_id,
        plan_id: draft.plan_id,
      },
      sharedContext
    )
    if (!id) {
      throw portalError("already_exists")
    }
    return { id, entry: null }
  }

  /**
   * The subscription that a key made.
   *
   * @returns null where there is none
   * @throws `already_exists`: it is somebody else's, or of another plan
   */
  @InjectTransactionManager()
  async findCreatedSubscription(
    input: { creation_key: string; customer_id: string; plan_id: string },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string | null> {
    const [row] = await execute<{
      id: string
      customer_id: string
      plan_id: string
    }>(
      sharedContext,
      `select id, customer_id, plan_id from portal_subscription
        where creation_key = ?`,
      [input.creation_key]
    )
    if (!row) {
      return null
    }
    if (
      row.customer_id !== input.customer_id ||
      row.plan_id !== input.plan_id
    ) {
      throw portalError("already_exists", {
        message: "This key has made another subscription.",
      })
    }
    return row.id
  }
}
