import {
  InjectManager,
  MedusaContext,
  MedusaError,
  MedusaService,
} from "@medusajs/framework/utils"
import type { Context } from "@medusajs/framework/types"
import type { EntityManager } from "@medusajs/framework/mikro-orm/knex"
import { portalError } from "../../errors/portal-error"
import { systemClock } from "../../shared/clock"
import { parseOptions } from "./options"
import type { PortalOptions } from "./options"
import PortalClock from "./models/portal-clock"

const CLOCK_ID = "clock"

/**
 * What every part of the plugin needs from the outside: its options and its time.
 * Owns the row of the test clock. Knows nothing of subscriptions.
 */
export default class RuntimeModuleService extends MedusaService({
  PortalClock,
}) {
  /** The plugin's options, checked, with defaults. */
  readonly options: PortalOptions

  constructor(
    container: Record<string, unknown>,
    options?: Record<string, unknown>
  ) {
    super(container)
    // Medusa puts the module's connection among the options.
    const { database: _database, ...own } = options ?? {}
    this.options = parseOptions(own, process.env.NODE_ENV)
  }

  /**
   * The plugin's time: the system's, or the test clock's while one is set.
   * All dates that the plugin computes or compares come from here.
   */
  @InjectManager()
  async now(
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Date> {
    if (!this.options.testClock) {
      return systemClock.now()
    }
    return (await readTestClock(sharedContext)) ?? systemClock.now()
  }

  /**
   * The test clock's time, or null where the system's time holds.
   * @throws `test_clock_disabled` (404) where the option is off.
   */
  @InjectManager()
  async getTestClock(
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<Date | null> {
    this.assertTestClock_()
    return await readTestClock(sharedContext)
  }

  /**
   * Sets the test clock, or with null hands the time back to the system.
   * @throws `test_clock_disabled` (404) where the option is off.
   */
  @InjectManager()
  async setTestClock(
    now: Date | null,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    this.assertTestClock_()
    const manager = requireManager(sharedContext)
    if (!now) {
      await manager.execute(`delete from portal_clock where id = ?`, [CLOCK_ID])
      return
    }
    await manager.execute(
      `insert into portal_clock (id, now) values (?, ?)
       on conflict (id) do update set now = excluded.now, updated_at = now()`,
      [CLOCK_ID, now]
    )
  }

  private assertTestClock_(): void {
    if (!this.options.testClock) {
      throw portalError("test_clock_disabled")
    }
  }
}

async function readTestClock(
  sharedContext: Context<EntityManager>
): Promise<Date | null> {
  const rows: { now: Date | string }[] = await requireManager(
    sharedContext
  ).execute(`select now from portal_clock where id = ?`, [CLOCK_ID])
  return rows[0] ? new Date(rows[0].now) : null
}

function requireManager(context: Context<EntityManager>): EntityManager {
  if (!context.manager) {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      "The module was called without an entity manager."
    )
  }
  return context.manager
}
