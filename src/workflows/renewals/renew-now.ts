import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { decideCycle } from "../../modules/subscription/domain/decide-cycle"
import type { CycleStatus, SubscriptionStatus } from "../../types/subscription"
import type { ChargeOutcome } from "../payments/gateway"
import { assertAmount } from "./expected-amount"
import { previewNextCharge } from "./preview-next-charge"
import { openBatch } from "./batch"
import type { Batch } from "./batch"
import type { CycleRow } from "../../modules/subscription/domain/billing"
import type { ChargedRenewal } from "./charge-renewals"
import { renewClaimed } from "./renew-claimed"

/** What is renewed, and what the caller saw before. */
export type RenewNowInput = {
  subscription_id: string
  expected_status?: SubscriptionStatus
  /** The open cycle that is meant: by now another may be, which was not asked for. */
  cycle_id?: string
  /** What the customer agreed to pay, as the preview said it; 409 for another. */
  expected_total?: number
}

/** What became of a renewal that somebody asked for. */
export type RenewNowResult = {
  outcome: ChargeOutcome["status"] | "not_attempted"
  cycle_id: string
  /** The cycle's status now. */
  status: CycleStatus | null
  /** Why nothing was charged: the bank's or the provider's word, or ours. */
  code: string | null
}

/**
 * Charges the open cycle of a subscription now, due or not. The cycles after it
 * keep their dates.
 *
 * @throws `not_found`; `expected_status` (409) where the status is another than the
 * caller saw; `subscription_transition_not_allowed` where nothing can be charged;
 * `cycle_not_due` within the safety bound after a charge; `charge_in_progress`;
 * `expected_total` where it would cost another amount
 */
export async function renewNow(
  container: MedusaContainer,
  input: RenewNowInput
): Promise<RenewNowResult> {
  const batch = { ...(await openBatch(container)), onDemand: true }
  const cycle = await claimOpenCycle(batch, input, () =>
    assertPreview(container, input)
  )
  const { charged } = await renewClaimed(batch, [cycle], {
    expected_amount: input.expected_total,
  })
  return await resultOf(batch, cycle.id, charged[0])
}

/**
 * Takes the open cycle of a subscription, where it may be charged now.
 *
 * @param before - what else has to hold; looked at before the cycle is taken
 * @throws as {@link renewNow}
 */
export async function claimOpenCycle(
  batch: Batch,
  input: RenewNowInput,
  before?: () => Promise<void>
): Promise<CycleRow> {
  const { id } = await renewableCycle(batch, input)
  await before?.()
  // That cycle and no other: by now it may be paid, and the next one be open.
  const [cycle] = await batch.subscriptions.claimCycle({
    worker: batch.worker,
    leaseSeconds: batch.leaseSeconds,
    cycle_id: id,
  })
  if (!cycle) {
    throw portalError("charge_in_progress")
  }
  return cycle
}

/** What became of a cycle, and where it stands now. */
export async function resultOf(
  { subscriptions }: Batch,
  cycleId: string,
  result: ChargedRenewal | undefined
): Promise<RenewNowResult> {
  const { status } = await subscriptions.retrievePortalSubscriptionCycle(
    cycleId,
    { select: ["id", "status"] }
  )
  return {
    outcome: result?.outcome.status ?? "not_attempted",
    cycle_id: cycleId,
    status,
    code: result && "code" in result.outcome ? result.outcome.code : null,
  }
}

/**
 * Looks at the amount before the cycle is taken: once it is priced, its price
 * stays, whatever the customer says to it.
 */
async function assertPreview(
  container: MedusaContainer,
  { subscription_id, expected_total }: RenewNowInput
): Promise<void> {
  if (expected_total === undefined) {
    return
  }
  const preview = await previewNextCharge(container, subscription_id)
  if (preview && "quote" in preview) {
    assertAmount(expected_total, preview.quote.amount)
  }
}

/** The open cycle, where it may be charged now. */
async function renewableCycle(
  { subscriptions, now, options }: Batch,
  input: RenewNowInput
): Promise<CycleRow> {
  const [subscription] = await subscriptions.loadBillingSubscriptions([
    input.subscription_id,
  ])
  if (!subscription) {
    throw portalError("not_found")
  }
  if (input.expected_status && input.expected_status !== subscription.status) {
    throw portalError("expected_status", {
      details: { status: subscription.status },
    })
  }
  const cycle = await subscriptions.getOpenCycle(subscription.id)
  if (input.cycle_id && input.cycle_id !== cycle?.id) {
    throw portalError("expected_status", {
      message: "This period has been settled in the meantime.",
    })
  }
  if (!cycle) {
    throw portalError("subscription_transition_not_allowed", {
      details: { status: subscription.status },
    })
  }
  const { action } = decideCycle(subscription, cycle, {
    now,
    safetyHours: options.safetyHours,
  })
  if (action === "park") {
    throw portalError("cycle_not_due", {
      message: `The subscription was charged less than ${options.safetyHours} hours ago.`,
    })
  }
  if (action !== "charge") {
    throw portalError("subscription_transition_not_allowed", {
      details: { status: subscription.status },
    })
  }
  return cycle
}
