import { setTimeout } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { PAYMENT_METHOD_MODULE } from "../../modules/payment-method"
import type PaymentMethodModuleService from "../../modules/payment-method/service"

/** Longer than the calls of one change take; a dead process's claim ends with it. */
const CLAIM_SECONDS = 60
const PATIENCE_MS = 20_000
const RETRY_MS = 50

/**
 * Does work while nobody else does work of the same key, in any process: others
 * wait. A row of the database decides, and no connection is held meanwhile, for
 * such work calls providers.
 *
 * @throws `payment_method_busy` (409) for who waits too long
 * @example
 * await exclusively(container, `methods:${customer_id}`, async () => { … })
 */
export async function exclusively<T>(
  container: MedusaContainer,
  key: string,
  work: () => Promise<T>
): Promise<T> {
  const claims = paymentMethods(container)
  const claim = { key, claimed_by: generateEntityId(undefined, "pwork") }
  const end = Date.now() + PATIENCE_MS
  while (
    (await claims.takeClaim({ ...claim, seconds: CLAIM_SECONDS })) !== "taken"
  ) {
    if (Date.now() >= end) {
      throw portalError("payment_method_busy")
    }
    await setTimeout(RETRY_MS)
  }
  try {
    return await work()
  } finally {
    await claims.releaseClaim(claim)
  }
}

/**
 * Does work once for all times. Work that throws can be done by a later call, and
 * so can work whose process died, after a minute.
 *
 * @returns whether this call did it
 */
export async function once(
  container: MedusaContainer,
  key: string,
  work: () => Promise<void>
): Promise<boolean> {
  const claims = paymentMethods(container)
  const claim = { key, claimed_by: generateEntityId(undefined, "pwork") }
  const state = await claims.takeClaim({ ...claim, seconds: CLAIM_SECONDS })
  if (state !== "taken") {
    return false
  }
  try {
    await work()
  } catch (error) {
    await claims.releaseClaim(claim)
    throw error
  }
  await claims.finishClaim(claim)
  return true
}

/** The module of claims and defaults. */
export function paymentMethods(
  container: MedusaContainer
): PaymentMethodModuleService {
  return container.resolve<PaymentMethodModuleService>(PAYMENT_METHOD_MODULE)
}
