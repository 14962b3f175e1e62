import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
} from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import { AccountService } from "./account-service"
import { createSession, type NewSession } from "./queries/create-session"
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
  capPendingLinks,
  lockLinks,
  revokeMailLinks,
  revokeOlderLinks,
} from "./queries/pending-links"
import {
  findLink,
  redeemByCode,
  redeemLink,
  repeatRedemption,
  type Redemption,
} from "./queries/redeem-link"
import type { SessionRow } from "./queries/session-row"

/** The part of the module's service about getting in: links, sign-in mails, codes. */
export class EntryService extends AccountService {
  /** Writes a link or a session; open links beyond `maxPending` are revoked. */
  @InjectTransactionManager()
  async openSession(
    input: NewSession & { maxPending?: number; replacesMailLinks?: boolean },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<SessionRow> {
    if (input.link) {
      await lockLinks(sharedContext, input)
    }
    const row = await createSession(sharedContext, input)
    if (input.replacesMailLinks) {
      await revokeMailLinks(sharedContext, { ...input, except: input.id })
    }
    if (input.maxPending !== undefined) {
      await capPendingLinks(sharedContext, { ...input, max: input.maxPending })
    }
    return row
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

  /** Uses a code up and opens its link. Where that is over, so is the code. */
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

  /** See `revokeOlderLinks`. */
  @InjectManager()
  async revokeOlderLinks(
    input: { id: string },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await revokeOlderLinks(sharedContext, input)
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
}
