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
import PortalSession from "./models/portal-session"
import PortalSecurityState from "./models/security-state"
import {
  claimOnce,
  releaseClaim,
  returnAttempts,
  takeAttempt,
  type AttemptLimit,
} from "./queries/attempts"
import { noteVerifiedEmail } from "./queries/security-state"

/**
 * The half of the module's service that hardens Medusa's own sign-in: tries,
 * things that may be used once, devices, the cut-off of tokens.
 */
export class AccountSecurityService extends MedusaService({
  PortalSession,
  PortalLoginRequest,
  PortalDevice,
  PortalMember,
  PortalEvent,
  PortalSecurityState,
  PortalMailDelivery,
}) {
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
}
