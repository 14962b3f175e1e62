import {
  generateEntityId,
  InjectManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import PortalLoginRequest from "./models/login-request"
import PortalMailDelivery from "./models/mail-delivery"
import PortalDevice from "./models/portal-device"
import PortalEvent from "./models/portal-event"
import PortalMember from "./models/portal-member"
import PortalPreference from "./models/portal-preference"
import PortalSession from "./models/portal-session"
import PortalSecurityState from "./models/security-state"
import {
  claimOnce,
  releaseClaim,
  returnAttempts,
  takeAttempt,
  type AttemptLimit,
} from "./queries/attempts"
import {
  beginEmailChange,
  claimEmailChange,
  confirmEmailChange,
  returnEmailChange,
  takeEmailChangeAttempt,
  type EmailChangeRow,
  type MailboxSide,
  type NewEmailChange,
} from "./queries/email-changes"
import { noteVerifiedEmail } from "./queries/security-state"
import {
  endSignIn,
  insertSignIn,
  judgeSignIn,
  listSignIns,
  revokeSignIn,
  type NewSignIn,
  type SignInRow,
  type SignInVerdict,
} from "./queries/sign-ins"
import { VerdictCache } from "./verdict-cache"

/**
 * The half of the module's service that hardens Medusa's own sign-in: tries,
 * things that may be used once, devices, the cut-off of tokens.
 */
export class AccountSecurityService extends MedusaService({
  PortalSession,
  PortalLoginRequest,
  PortalDevice,
  PortalMember,
  PortalPreference,
  PortalEvent,
  PortalSecurityState,
  PortalMailDelivery,
}) {
  protected readonly verdicts = new VerdictCache()

  /** See `takeAttempt`. */
  @InjectManager()
  async takeAttempt(
    limit: AttemptLimit,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<{ allowed: boolean; retry_after: number }> {
    return await takeAttempt(sharedContext, limit)
  }

  /** See `returnAttempts`. */
  @InjectManager()
  async returnAttempts(
    keys: string[],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await returnAttempts(sharedContext, keys)
  }

  /** See `claimOnce`. */
  @InjectManager()
  async claimOnce(
    claim: { key: string; seconds: number },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<boolean> {
    return await claimOnce(sharedContext, claim)
  }

  /** See `releaseClaim`. */
  @InjectManager()
  async releaseClaim(
    key: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await releaseClaim(sharedContext, key)
  }

  /** See `noteVerifiedEmail`. */
  @InjectManager()
  async noteVerifiedEmail(
    input: { customer_id: string; email: string },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<boolean> {
    const id = generateEntityId(undefined, "psec")
    return await noteVerifiedEmail(sharedContext, { ...input, id })
  }

  /** Notes a sign-in of Medusa's own; see `insertSignIn`. */
  @InjectManager()
  async recordSignIn(
    signIn: Omit<NewSignIn, "id">,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<{ is_new_device: boolean }> {
    const id = generateEntityId(undefined, "pdev")
    return await insertSignIn(sharedContext, { ...signIn, id })
  }

  /** The same, as it is now: for whatever hands out a new credential. */
  async freshVerdict(input: {
    customer_id: string
    token_hashes: string[]
  }): Promise<SignInVerdict> {
    return await this.readVerdict_(input)
  }

  /** See `judgeSignIn`. Up to five seconds old, except for this process's own. */
  async judgeSignIn(input: {
    customer_id: string
    token_hashes: string[]
  }): Promise<SignInVerdict> {
    const key = [input.customer_id, ...input.token_hashes].join(" ")
    return await this.verdicts.get(key, performance.now(), () =>
      this.readVerdict_(input)
    )
  }

  @InjectManager()
  protected async readVerdict_(
    input: { customer_id: string; token_hashes: string[] },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<SignInVerdict> {
    return await judgeSignIn(sharedContext, input)
  }

  /** See `listSignIns`. */
  @InjectManager()
  async listSignIns(
    input: { customer_id: string; limit: number },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<SignInRow[]> {
    return await listSignIns(sharedContext, input)
  }

  /** See `revokeSignIn`. */
  async revokeSignIn(
    input: { id: string; customer_id?: string },
    sharedContext: ModuleContext = {}
  ): Promise<string | null> {
    const id = await this.revokeSignIn_(input, sharedContext)
    this.verdicts.clear()
    return id
  }

  @InjectManager()
  protected async revokeSignIn_(
    input: { id: string; customer_id?: string },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string | null> {
    return await revokeSignIn(sharedContext, input)
  }

  /** See `endSignIn`. */
  async endSignIn(
    token_hash: string,
    sharedContext: ModuleContext = {}
  ): Promise<void> {
    await this.endSignIn_(token_hash, sharedContext)
    this.verdicts.clear()
  }

  @InjectManager()
  protected async endSignIn_(
    token_hash: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await endSignIn(sharedContext, token_hash)
  }

  /** See `beginEmailChange`. */
  @InjectManager()
  async beginEmailChange(
    change: Omit<NewEmailChange, "id">,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<string> {
    const id = generateEntityId(undefined, "pmail")
    await beginEmailChange(sharedContext, { ...change, id })
    return id
  }

  /** See `takeEmailChangeAttempt`. */
  @InjectManager()
  async takeEmailChangeAttempt(
    input: { customer_id: string; tenant_id: string; side: MailboxSide },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof takeEmailChangeAttempt> {
    return await takeEmailChangeAttempt(sharedContext, input)
  }

  /** See `confirmEmailChange`. */
  @InjectManager()
  async confirmEmailChange(
    input: { id: string; side: MailboxSide },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<EmailChangeRow | null> {
    return await confirmEmailChange(sharedContext, input)
  }

  /** See `claimEmailChange`. */
  @InjectManager()
  async claimEmailChange(
    id: string,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<boolean> {
    return await claimEmailChange(sharedContext, id)
  }

  /** See `returnEmailChange`. */
  @InjectManager()
  async returnEmailChange(
    input: { id: string; again: boolean },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await returnEmailChange(sharedContext, input)
  }
}
