import {
  generateEntityId,
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import { AccountService } from "./account-service"
import { authenticateSession } from "./queries/authenticate-session"
import {
  capPendingLinks,
  createSession,
  revokeMailLinks,
  revokePendingLinks,
  type NewSession,
} from "./queries/create-session"
import { insertEvent, type NewPortalEvent } from "./queries/events"
import { listSessions, type SessionFilter } from "./queries/list-sessions"
import {
  claimLoginRequest,
  consumeLoginRequest,
  insertLoginRequest,
  settleLoginRequest,
  takeCodeAttempt,
  type ClaimedLoginRequest,
  type NewLoginRequest,
} from "./queries/login-requests"
import {
  insertMailDelivery,
  type NewMailDelivery,
} from "./queries/mail-deliveries"
import { eraseCustomer, purge } from "./queries/purge"
import {
  countEvents,
  type RateLimit,
  type RateVerdict,
} from "./queries/rate-limit"
import {
  findLink,
  redeemByCode,
  redeemLink,
  repeatRedemption,
  type Redemption,
} from "./queries/redeem-link"
import {
  completeSession,
  markSteppedUp,
  revokeCustomer,
  revokeSession,
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
export default class PortalSessionModuleService extends AccountService {
  /** Writes a link or a session; open links beyond `maxPending` are revoked. */
  @InjectTransactionManager()
  async openSession(
    input: NewSession & { maxPending?: number; replacesMailLinks?: boolean },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<SessionRow> {
    const row = await createSession(sharedContext, input)
    if (input.replacesMailLinks) {
      await revokeMailLinks(sharedContext, { ...input, except: input.id })
    }
    if (input.maxPending !== undefined) {
      await capPendingLinks(sharedContext, { ...input, max: input.maxPending })
    }
    return row
  }

  /** See `authenticateSession`. */
  @InjectManager()
  async authenticate(
    input: { session_hash: string; tenant_id: string; idle_seconds: number },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<GuardedSession | null> {
    return await authenticateSession(sharedContext, input)
  }

  /** See `findLink`. */
  @InjectManager()
  async findLink(
    link: Parameters<typeof findLink>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof findLink> {
    return await findLink(sharedContext, link)
  }

  /** See `redeemLink`. */
  @InjectManager()
  async redeemLink(
    link: { link_hash: string; tenant_id: string; customer_id: string },
    redemption: Redemption,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<SessionRow | null> {
    return await redeemLink(sharedContext, link, redemption)
  }

  /** See `repeatRedemption`. */
  @InjectManager()
  async repeatRedemption(
    input: Parameters<typeof repeatRedemption>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<SessionRow | null> {
    return await repeatRedemption(sharedContext, input)
  }

  /** Uses a code up and opens its link, both or neither. */
  @InjectTransactionManager()
  async redeemCode(
    input: { request_id: string; session_id: string; redemption: Redemption },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<SessionRow | null> {
    if (!(await consumeLoginRequest(sharedContext, input.request_id))) {
      return null
    }
    return await redeemByCode(sharedContext, input.session_id, input.redemption)
  }

  /** A page of sessions; see `listSessions`. */
  @InjectManager()
  async findSessions(
    filter: SessionFilter,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<{ rows: SessionRow[]; count: number }> {
    return await listSessions(sharedContext, filter)
  }

  /** See `revokePendingLinks`. */
  @InjectManager()
  async revokePendingLinks(
    input: { tenant_id: string; customer_id: string },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await revokePendingLinks(sharedContext, input)
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
    input: { id: string; mfa: boolean },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await markSteppedUp(sharedContext, input)
  }

  /** Writes a request for a sign-in mail. */
  @InjectManager()
  async insertLoginRequest(
    input: NewLoginRequest,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await insertLoginRequest(sharedContext, input)
  }

  /** See `claimLoginRequest`. */
  @InjectManager()
  async claimLoginRequest(
    id: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<ClaimedLoginRequest | null> {
    return await claimLoginRequest(sharedContext, id)
  }

  /** See `settleLoginRequest`. */
  @InjectManager()
  async settleLoginRequest(
    input: Parameters<typeof settleLoginRequest>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await settleLoginRequest(sharedContext, input)
  }

  /** See `takeCodeAttempt`. */
  @InjectManager()
  async takeCodeAttempt(
    input: { id: string; tenant_id: string },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof takeCodeAttempt> {
    return await takeCodeAttempt(sharedContext, input)
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
  @InjectTransactionManager()
  async eraseCustomer(
    customer_id: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await eraseCustomer(sharedContext, customer_id)
  }
}
