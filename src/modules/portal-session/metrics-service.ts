import { InjectManager, MedusaContext } from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import { AccountSecurityService } from "./account-security-service"
import {
  listEvents,
  type EventFilter,
  type EventRow,
} from "./queries/list-events"
import {
  countLinks,
  countSessions,
  countTasks,
  countTickets,
  type LinkCounts,
  type MetricsRange,
  type SessionGroup,
  type TaskCounts,
} from "./queries/metrics"

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
