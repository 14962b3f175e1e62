import {
  InjectManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"
import type { ModuleContext } from "../../database/execute"
import PortalDefaultHolder from "./models/default-holder"
import PortalPaymentClaim from "./models/payment-claim"
import {
  finishClaim,
  purgeClaims,
  releaseClaim,
  takeClaim,
  type ClaimKey,
} from "./queries/claims"
import {
  forgetDefaultHolders,
  noteDefaultHolder,
  pageDefaultHolders,
  type DefaultHolder,
} from "./queries/default-holders"

/**
 * Owns what must not happen twice with payment methods. The methods themselves
 * are the provider's: nothing of a card is stored.
 */
export default class PaymentMethodModuleService extends MedusaService({
  PortalPaymentClaim,
  PortalDefaultHolder,
}) {
  /** See `takeClaim`. */
  @InjectManager()
  async takeClaim(
    input: ClaimKey & { seconds: number },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): ReturnType<typeof takeClaim> {
    return await takeClaim(sharedContext, input)
  }

  /** See `finishClaim`. */
  @InjectManager()
  async finishClaim(
    claim: ClaimKey,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await finishClaim(sharedContext, claim)
  }

  /** See `releaseClaim`. */
  @InjectManager()
  async releaseClaim(
    claim: ClaimKey,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await releaseClaim(sharedContext, claim)
  }

  /** See `purgeClaims`. */
  @InjectManager()
  async purgeClaims(
    days: number,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<number> {
    return await purgeClaims(sharedContext, days)
  }

  /** See `noteDefaultHolder`. */
  @InjectManager()
  async noteDefaultHolder(
    holder: DefaultHolder,
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await noteDefaultHolder(sharedContext, holder)
  }

  /** See `forgetDefaultHolders`. */
  @InjectManager()
  async forgetDefaultHolders(
    which: Parameters<typeof forgetDefaultHolders>[1],
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<void> {
    await forgetDefaultHolders(sharedContext, which)
  }

  /** See `pageDefaultHolders`. */
  @InjectManager()
  async pageDefaultHolders(
    page: { after: string; limit: number },
    @MedusaContext() sharedContext: ModuleContext = {}
  ): Promise<DefaultHolder[]> {
    return await pageDefaultHolders(sharedContext, page)
  }
}
