import { randomUUID } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import type {
  ClaimedMembership,
  SettledMembership,
} from "../../modules/subscription/queries/memberships"
import { PortalMembershipEvents } from "../../types/events"
import { emitEvents } from "../renewals/emit-events"
import { subscriptionsOf } from "../subscription-reads/reader"
import { applyMemberships } from "./apply-memberships"

const LOOKED_AT_ONCE = 200
const DONE_AT_ONCE = 100
/** Real seconds after which a worker is taken for gone. */
const LEASE_SECONDS = 60

/** What a run did. */
export type MembershipCounts = Record<"checked" | "granted" | "revoked", number>

/**
 * Puts customers into the customer groups of the plans that they subscribe to, and
 * takes them out where no subscription grants it any more. What a run costs grows
 * with what changed since the last one, and not with the store. Any number may run
 * at once, and a crash at any moment is mended by the next.
 *
 * @param input.subscription_id - only what this one changes; left out: everything
 *
 * @example
 * await reconcileMemberships(container) // { checked: 3, granted: 2, revoked: 1 }
 */
export async function reconcileMemberships(
  container: MedusaContainer,
  input: { subscription_id?: string } = {}
): Promise<MembershipCounts> {
  const subscriptions = subscriptionsOf(container)
  const now = await container
    .resolve<RuntimeModuleService>(RUNTIME_MODULE)
    .now()
  const counts: MembershipCounts = { checked: 0, granted: 0, revoked: 0 }
  for (;;) {
    const checked = await subscriptions.decideMemberships({
      now,
      limit: LOOKED_AT_ONCE,
      subscription_id: input.subscription_id ?? null,
    })
    counts.checked += checked
    if (checked < LOOKED_AT_ONCE) {
      break
    }
  }
  if (input.subscription_id && !counts.checked) {
    // A renewal hardly ever changes a membership; what a crash left is the job's.
    return counts
  }
  const worker = randomUUID()
  for (;;) {
    const claimed = await subscriptions.claimMemberships({
      worker,
      leaseSeconds: LEASE_SECONDS,
      limit: DONE_AT_ONCE,
    })
    if (!claimed.length) {
      return counts
    }
    const done = await applyAll(container, claimed)
    const settled = new Set(
      await subscriptions.settleMemberships({ worker, done })
    )
    await tell(
      container,
      claimed.filter(({ id }) => settled.has(id)),
      done,
      counts
    )
  }
}

/**
 * All at once; where that fails, one by one, so that one that cannot be done does
 * not hold up the others. It keeps its lease and is tried again after it.
 */
async function applyAll(
  container: MedusaContainer,
  claimed: ClaimedMembership[]
): Promise<SettledMembership[]> {
  try {
    return await applyMemberships(container, claimed)
  } catch (error) {
    const [first, ...others] = claimed
    if (first && !others.length) {
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(
          `The customer group "${first.group_id}" could not be changed for the customer "${first.customer_id}" and is tried again: ${error instanceof Error ? error.message : String(error)}`
        )
      return []
    }
    const done: SettledMembership[] = []
    for (const one of claimed) {
      done.push(...(await applyAll(container, [one])))
    }
    return done
  }
}

async function tell(
  container: MedusaContainer,
  memberships: ClaimedMembership[],
  done: SettledMembership[],
  counts: MembershipCounts
): Promise<void> {
  const gone = new Set(
    done.filter(({ did }) => did === "gone").map(({ id }) => id)
  )
  const told = memberships.filter(({ id }) => !gone.has(id))
  for (const { status } of told) {
    counts[status === "joining" ? "granted" : "revoked"] += 1
  }
  await emitEvents(
    container,
    told.map(({ status, subscription_id, customer_id, group_id }) => ({
      name:
        status === "joining"
          ? PortalMembershipEvents.GRANTED
          : PortalMembershipEvents.REVOKED,
      data: {
        id: subscription_id,
        customer_id,
        customer_group_id: group_id,
      },
    }))
  )
}
