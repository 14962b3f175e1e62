import { InjectManager, MedusaContext } from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import { NoticeService } from "./notice-service"
import { countEndedAgain } from "./queries/resubscribed"
import { recordUsage, takeUsage } from "./queries/usage"

/** The part of the module's service about use, and about beginning again. */
export class UsageService extends NoticeService {
  /** See `recordUsage`. */
  @InjectManager()
  async recordUsage(
    input: Parameters<typeof recordUsage>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof recordUsage> {
    return await recordUsage(sharedContext, input)
  }

  /** See `countEndedAgain`. */
  @InjectManager()
  async countEndedAgain(
    id: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<number> {
    return await countEndedAgain(sharedContext, id)
  }

  /** See `takeUsage`. */
  @InjectManager()
  async takeUsage(
    input: Parameters<typeof takeUsage>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof takeUsage> {
    return await takeUsage(sharedContext, input)
  }
}
