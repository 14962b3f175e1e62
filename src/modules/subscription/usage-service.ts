import { InjectManager, MedusaContext } from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import { NoticeService } from "./notice-service"
import { recordUsage, takeUsage } from "./queries/usage"

/** The part of the module's service about use that plans charge for. */
export class UsageService extends NoticeService {
  /** See `recordUsage`. */
  @InjectManager()
  async recordUsage(
    input: Parameters<typeof recordUsage>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof recordUsage> {
    return await recordUsage(sharedContext, input)
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
