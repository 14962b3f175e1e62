import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"
import PortalCartItem from "./models/cart-item"
import PortalCartPaymentSetup from "./models/cart-payment-setup"
import PortalChargeAttempt from "./models/charge-attempt"
import PortalMembership from "./models/membership"
import PortalSubscription from "./models/subscription"
import PortalSubscriptionCycle from "./models/subscription-cycle"
import PortalSubscriptionEvent from "./models/subscription-event"
import PortalSubscriptionOneOff from "./models/subscription-one-off"
import PortalSubscriptionItem from "./models/subscription-item"
import PortalSubscriptionUsage from "./models/subscription-usage"
import PortalSubscriptionPlan from "./models/subscription-plan"
import PortalSubscriptionPlanTarget from "./models/subscription-plan-target"
import type { ModuleContext } from "../../database/execute"
import {
  countLiveSubscriptions,
  deleteUnusedPlan,
  setPlanStatus,
} from "./queries/plans"
import {
  findPlan,
  insertPlan,
  restorePlan,
  updatePlan,
  type NewPlan,
  type PlanRow,
  type PlanUpdate,
} from "./queries/write-plan"
import type { PlanStatus } from "../../types/subscription"

/** The part of the module's service about plans. */
export class PlanService extends MedusaService({
  PortalSubscriptionPlan,
  PortalSubscriptionPlanTarget,
  PortalSubscription,
  PortalSubscriptionItem,
  PortalSubscriptionOneOff,
  PortalSubscriptionUsage,
  PortalSubscriptionCycle,
  PortalChargeAttempt,
  PortalSubscriptionEvent,
  PortalCartItem,
  PortalCartPaymentSetup,
  PortalMembership,
}) {
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
}
