import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import { CreationService } from "./creation-service"
import type {
  CohortFigures,
  DailyFigures,
  MetricsCurrency,
  PlanFigures,
  RangeTotals,
} from "./domain/metric-rows"
import {
  readCohorts,
  readDailyFigures,
  readMetricsCurrencies,
  readPlanFigures,
  readRangeTotals,
} from "./queries/read-metrics"
import { pageForExport } from "./queries/page-for-export"
import type { ListedSubscription } from "./queries/list-subscriptions"
import {
  forgetLaterDays,
  snapshotDay,
  snapshotSpan,
} from "./queries/snapshot-day"
import type { SnapshotDay } from "./queries/snapshot-movements"

/** The part of the module's service about figures, by day. */
export class MetricsService extends CreationService {
  /** See `snapshotSpan`. */
  @InjectManager()
  async snapshotSpan(
    input: Parameters<typeof snapshotSpan>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<SnapshotDay[]> {
    return await snapshotSpan(sharedContext, input)
  }

  /** See `snapshotDay`. */
  @InjectTransactionManager()
  async snapshotDay(
    input: { day: SnapshotDay; now: Date },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<boolean> {
    return await snapshotDay(sharedContext, input.day, input.now)
  }

  /** See `forgetLaterDays`. */
  @InjectTransactionManager()
  async forgetLaterDays(
    input: Parameters<typeof forgetLaterDays>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await forgetLaterDays(sharedContext, input)
  }

  /** See `pageForExport`. */
  @InjectManager()
  async pageForExport(
    input: Parameters<typeof pageForExport>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<ListedSubscription[]> {
    return await pageForExport(sharedContext, input)
  }

  /** See `readMetricsCurrencies`. */
  @InjectManager()
  async readMetricsCurrencies(
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<MetricsCurrency[]> {
    return await readMetricsCurrencies(sharedContext)
  }

  /** See `readDailyFigures`. */
  @InjectManager()
  async readDailyFigures(
    range: Parameters<typeof readDailyFigures>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<DailyFigures[]> {
    return await readDailyFigures(sharedContext, range)
  }

  /** See `readRangeTotals`. */
  @InjectManager()
  async readRangeTotals(
    range: Parameters<typeof readRangeTotals>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<RangeTotals | undefined> {
    return await readRangeTotals(sharedContext, range)
  }

  /** See `readPlanFigures`. */
  @InjectManager()
  async readPlanFigures(
    at: Parameters<typeof readPlanFigures>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<PlanFigures[]> {
    return await readPlanFigures(sharedContext, at)
  }

  /** See `readCohorts`. */
  @InjectManager()
  async readCohorts(
    at: Parameters<typeof readCohorts>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<CohortFigures[]> {
    return await readCohorts(sharedContext, at)
  }
}
