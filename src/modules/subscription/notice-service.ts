import { InjectManager, MedusaContext } from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import { ChangeService } from "./change-service"
import {
  finishNotices,
  listForgottenNotices,
  listNoticesOf,
  type PendingNotice,
} from "./queries/notices"
import {
  claimReminders,
  planReminders,
  type ClaimedReminders,
} from "./queries/reminders"

/** The part of the module's service about what customers are told by mail. */
export class NoticeService extends ChangeService {
  /** See `listNoticesOf`. */
  @InjectManager()
  async listNoticesOf(
    subscriptionIds: string[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<PendingNotice[]> {
    return await listNoticesOf(sharedContext, subscriptionIds)
  }

  /** See `listForgottenNotices`. */
  @InjectManager()
  async listForgottenNotices(
    input: Parameters<typeof listForgottenNotices>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<PendingNotice[]> {
    return await listForgottenNotices(sharedContext, input)
  }

  /** See `finishNotices`. */
  @InjectManager()
  async finishNotices(
    ids: string[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await finishNotices(sharedContext, ids)
  }

  /** See `planReminders`. */
  @InjectManager()
  async planReminders(
    input: Parameters<typeof planReminders>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string | null> {
    return await planReminders(sharedContext, input)
  }

  /** See `claimReminders`. */
  @InjectManager()
  async claimReminders(
    input: Parameters<typeof claimReminders>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<ClaimedReminders> {
    return await claimReminders(sharedContext, input)
  }
}
