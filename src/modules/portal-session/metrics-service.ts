import { InjectManager, MedusaContext } from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import { AccountSecurityService } from "./account-security-service"
import { countLinks, type LinkCounts } from "./queries/count-links"
import { countSessions, type SessionGroup } from "./queries/count-sessions"
import {
  countTasks,
  countTickets,
  type TaskCounts,
} from "./queries/count-tasks"
import {
  listEvents,
  type EventFilter,
  type EventRow,
} from "./queries/list-events"
import type { MetricsRange } from "./queries/metrics-range"

/** What the figures are made of. */
export type MetricsCounts = {
  groups: SessionGroup[]
  links: LinkCounts
  tasks: TaskCounts[]
  tickets: { category: string | null; tickets: number }[]
}

/** The part of the module's service that reads what happened. */
export class MetricsService extends AccountSecurityService {
  /** A page of events; see `listEvents`. */
  @InjectManager()
  async findEvents(
    filter: EventFilter,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<{ rows: EventRow[]; count: number }> {
    return await listEvents(sharedContext, filter)
  }

  /** What happened within a range, counted. Four statements. */
  @InjectManager()
  async countMetrics(
    range: MetricsRange,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MetricsCounts> {
    return {
      groups: await countSessions(sharedContext, range),
      links: await countLinks(sharedContext, range),
      tasks: await countTasks(sharedContext, range),
      tickets: await countTickets(sharedContext, range),
    }
  }
}
