import { setTimeout } from "node:timers/promises"
import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules, generateEntityId } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"

const WAIT_MS = 10_000
const RETRY_MS = 100
/** Longer than any change of a cart takes; a dead process's lock ends with it. */
const EXPIRE_SECONDS = 30

export type CartLock = { cart_id: string; owner_id: string }

/**
 * Takes the lock that core's cart workflows take, so that changes of one cart
 * follow each other. Core's own step waits two seconds, answers 500, and its
 * release ends whoever's lock it finds; ours is held and ended by its owner.
 *
 * The lock is for order and for short answers. What must not happen is ruled out
 * by the table's unique indexes.
 *
 * @throws `cart_busy`
 */
export const lockCartStep = createStep(
  "lock-cart",
  async (input: { cart_id: string }, { container }) => {
    const lock: CartLock = {
      cart_id: input.cart_id,
      owner_id: generateEntityId(undefined, "pclock"),
    }
    const locking = container.resolve(Modules.LOCKING)
    const end = Date.now() + WAIT_MS
    for (;;) {
      try {
        await locking.acquire(lock.cart_id, {
          ownerId: lock.owner_id,
          expire: EXPIRE_SECONDS,
        })
        return new StepResponse(lock, lock)
      } catch (error) {
        if (Date.now() >= end) {
          throw portalError("cart_busy", { cause: error })
        }
      }
      await setTimeout(RETRY_MS)
    }
  },
  async (lock, { container }) => {
    if (lock) {
      await release(container, lock)
    }
  }
)

/** Ends the lock. No compensation: it is the last step. */
export const unlockCartStep = createStep(
  "unlock-cart",
  async (lock: CartLock, { container }) => {
    await release(container, lock)
    return new StepResponse(undefined)
  }
)

async function release(
  container: MedusaContainer,
  { cart_id, owner_id }: CartLock
): Promise<void> {
  await container
    .resolve(Modules.LOCKING)
    .release(cart_id, { ownerId: owner_id })
}
