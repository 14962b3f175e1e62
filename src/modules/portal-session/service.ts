import {
  generateEntityId,
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import { EntryService } from "./entry-service"
import { authenticateSession } from "./queries/authenticate-session"
import { eraseCustomer } from "./queries/erase-customer"
import { insertEvent, type NewPortalEvent } from "./queries/events"
import { listSessions, type SessionFilter } from "./queries/list-sessions"
import {
  insertMailDelivery,
  type NewMailDelivery,
} from "./queries/mail-deliveries"
import { purge } from "./queries/purge"
import {
  countEvents,
  type RateLimit,
  type RateVerdict,
} from "./queries/rate-limit"
import {
  completeSession,
  markSteppedUp,
  revokeCustomer,
  revokeSession,
  type ShownProof,
} from "./queries/revoke-sessions"
import type { GuardedSession, SessionRow } from "./queries/session-row"
import { revokeSignIns } from "./queries/sign-ins"
import {
  addTenantCustomer,
  listTenantCustomers,
} from "./queries/tenant-customers"

/**
 * Owns portal links and sessions, sign-in mails, devices, members, counters and
 * the portal's events. Knows a customer by id only.
 */
export default class PortalSessionModuleService extends EntryService {
  /** See `authenticateSession`. */
  @InjectManager()
  async authenticate(
    input: { session_hash: string; tenant_id: string; idle_seconds: number },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<GuardedSession | null> {
    return await authenticateSession(sharedContext, input)
  }

  /** A page of sessions; see `listSessions`. */
  @InjectManager()
  async findSessions(
    filter: SessionFilter,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<{ rows: SessionRow[]; count: number }> {
    return await listSessions(sharedContext, filter)
  }

  /** See `revokeSession`. */
  @InjectManager()
  async revokeSession(
    input: Parameters<typeof revokeSession>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string | null> {
    return await revokeSession(sharedContext, input)
  }

  /** Ends all sessions of a customer; see `revokeCustomer`. */
  async revokeCustomer(
    input: Omit<Parameters<typeof revokeCustomer>[1], "id">,
    sharedContext: ModuleContext = {}
  ): Promise<number> {
    const ended = await this.revokeCustomer_(input, sharedContext)
    // Only now is it committed: a read before would have kept the old verdict.
    this.verdicts.clear()
    return ended
  }

  @InjectTransactionManager()
  protected async revokeCustomer_(
    input: Omit<Parameters<typeof revokeCustomer>[1], "id">,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<number> {
    const id = generateEntityId(undefined, "psec")
    if (input.tokens) {
      await revokeSignIns(sharedContext, input.customer_id)
    }
    return await revokeCustomer(sharedContext, { ...input, id })
  }

  /** See `completeSession`. */
  @InjectManager()
  async completeSession(
    id: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await completeSession(sharedContext, id)
  }

  /** See `markSteppedUp`. */
  @InjectManager()
  async markSteppedUp(
    proof: ShownProof,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<boolean> {
    return await markSteppedUp(sharedContext, proof)
  }

  /** Counts an event against limits; see `countEvents`. */
  @InjectManager()
  async countEvents(
    limits: RateLimit[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<RateVerdict> {
    return await countEvents(sharedContext, limits)
  }

  /** Writes an event; see `insertEvent`. */
  @InjectManager()
  async recordEvent(
    event: NewPortalEvent,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<boolean> {
    return await insertEvent(sharedContext, event)
  }

  /** Writes down what a provider reports of a mail; see `insertMailDelivery`. */
  @InjectManager()
  async recordMailDelivery(
    delivery: NewMailDelivery,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<boolean> {
    return await insertMailDelivery(sharedContext, delivery)
  }

  /** Notes that a customer belongs to a tenant. */
  @InjectManager()
  async addTenantCustomer(
    input: { tenant_id: string; customer_id: string },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await addTenantCustomer(sharedContext, input)
  }

  /** Which of these customers are noted as the tenant's. */
  @InjectManager()
  async listTenantCustomers(
    input: { tenant_id: string; customer_ids: string[] },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string[]> {
    return await listTenantCustomers(sharedContext, input)
  }

  /** See `purge`. */
  @InjectTransactionManager()
  async purge(
    retentionDays: number,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<Record<string, number>> {
    return await purge(sharedContext, retentionDays)
  }

  /** See `eraseCustomer`. */
  async eraseCustomer(
    customer_id: string,
    sharedContext: ModuleContext = {}
  ): Promise<void> {
    await this.eraseCustomer_(customer_id, sharedContext)
    // As with `revokeCustomer`: only now is it committed.
    this.verdicts.clear()
  }

  @InjectTransactionManager()
  protected async eraseCustomer_(
    customer_id: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    const id = generateEntityId(undefined, "psec")
    await eraseCustomer(sharedContext, { customer_id, id })
  }
}
