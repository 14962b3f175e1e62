import { setTimeout } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import pLimit from "p-limit"
import type { PortalErrorCode } from "../../errors/codes"
import { portalError } from "../../errors/portal-error"
import { PAYMENT_METHOD_MODULE } from "../../modules/payment-method"
import type PaymentMethodModuleService from "../../modules/payment-method/service"

/** Longer than the calls of one change take; a dead process's claim ends with it. */
const CLAIM_SECONDS = 60
const PATIENCE_MS = 20_000
const RETRY_MS = 50

/** How somebody waits for their turn. */
export type Patience = {
  /** What is said to who waits too long. Default: `payment_method_busy`. */
  busy?: PortalErrorCode
  /** Milliseconds. Default: 20 seconds. */
  wait_ms?: number
}

/**
 * Does work while nobody else does work of the same key, in any process: others
 * wait. A row of the database decides, and no connection is held meanwhile, for
 * such work calls providers.
 *
 * @throws `payment_method_busy` (409), or what `patience` says, for who waits too
 * long
 * @example
 * await exclusively(container, `methods:${customer_id}`, async () => { … })
 */
export async function exclusively<T>(
  container: MedusaContainer,
  key: string,
  work: () => Promise<T>,
  { busy = "payment_method_busy", wait_ms = PATIENCE_MS }: Patience = {}
): Promise<T> {
  const claims = paymentMethods(container)
  const claim = { key, claimed_by: generateEntityId(undefined, "pwork") }
  const end = Date.now() + wait_ms
  return await inTurn(key, async () => {
    const seconds = CLAIM_SECONDS
    while ((await claims.takeClaim({ ...claim, seconds })) !== "taken") {
      if (Date.now() >= end) {
        throw portalError(busy)
      }
      await setTimeout(RETRY_MS)
    }
    try {
      return await work()
    } finally {
      await claims.releaseClaim(claim)
    }
  })
}

/** Who waits in this process, by key. */
const lines = new Map<string, { limit: pLimit.Limit; length: number }>()

/**
 * One after the other within this process, in the order in which they came. So
 * only the first in each process asks the database, and nobody is passed by: many
 * who all ask again and again would slow down the very one whom they wait for.
 */
async function inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
  const line = lines.get(key) ?? { limit: pLimit(1), length: 0 }
  lines.set(key, line)
  line.length += 1
  try {
    return await line.limit(work)
  } finally {
    line.length -= 1
    if (!line.length) {
      lines.delete(key)
    }
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
