import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import type { EntitlementView, OpeningPlan } from "../../types/memberships-http"
import { PlanService } from "./plan-service"
import { listEntitlements, listOpeningPlans } from "./queries/entitlements"
import {
  claimMemberships,
  decideMemberships,
  settleMemberships,
  type ClaimedMembership,
} from "./queries/memberships"

/** The part of the module's service about what subscribers get besides goods. */
export class MembershipService extends PlanService {
  /** See `decideMemberships`. */
  @InjectTransactionManager()
  async decideMemberships(
    input: Parameters<typeof decideMemberships>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<number> {
    return await decideMemberships(sharedContext, input)
  }

  /** See `claimMemberships`. */
  @InjectManager()
  async claimMemberships(
    input: Parameters<typeof claimMemberships>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<ClaimedMembership[]> {
    return await claimMemberships(sharedContext, input)
  }

  /** See `settleMemberships`. */
  @InjectTransactionManager()
  async settleMemberships(
    input: Parameters<typeof settleMemberships>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string[]> {
    return await settleMemberships(sharedContext, input)
  }

  /** See `listEntitlements`. */
  @InjectManager()
  async readEntitlements(
    input: Parameters<typeof listEntitlements>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<EntitlementView<Date>[]> {
    return await listEntitlements(sharedContext, input)
  }

  /** See `listOpeningPlans`. */
  @InjectManager()
  async readOpeningPlans(
    key: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<OpeningPlan[]> {
    return await listOpeningPlans(sharedContext, key)
  }
}
