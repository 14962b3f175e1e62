import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import type { CycleRow } from "../../modules/subscription/domain/billing"
import type { SubscriptionStatus } from "../../types/subscription"
import { gatewayFor } from "../payments/gateway"
import { SYSTEM_PROVIDER } from "../payments/system-gateway"
import { openBatch, type Batch } from "./batch"
import { claimOpenCycle, resultOf, type RenewNowResult } from "./renew-now"
import { renewClaimed } from "./renew-claimed"

/** Which period was paid outside of the store, as far as staff say. */
export type MarkPaidInput = {
  subscription_id: string
  expected_status?: SubscriptionStatus
  cycle_id?: string
  /** Who says so. */
  actor_id: string | null
  /** A bank's reference, or whatever the books need. */
  note?: string
}

/**
 * Settles the open period that a customer paid elsewhere, by bank transfer say: it
 * gets its order, marked as paid with Medusa's system provider, and is never
 * charged. A payment that waits at the provider is made void first; where it
 * turns out to be paid, that one counts.
 *
 * A crash after the payment was taken away leaves a period that the next run
 * settles in the same way: no card is asked any more.
 *
 * @throws `not_found`, `expected_status`, `charge_in_progress`,
 * `subscription_transition_not_allowed`, and `provider_unavailable` where the
 * provider does not say whether the payment is void
 */
export async function markPaid(
  container: MedusaContainer,
  input: MarkPaidInput
): Promise<RenewNowResult> {
  const batch = unbound(await openBatch(container))
  const cycle = await claimOpenCycle(batch, input)
  await voidOrRelease(batch, cycle)
  const isOurs = await batch.subscriptions.settleCycleOutside({
    worker: batch.worker,
    cycle_id: cycle.id,
    provider_id: SYSTEM_PROVIDER,
  })
  if (!isOurs) {
    throw portalError("charge_in_progress")
  }
  await batch.subscriptions.writeTimeline([
    {
      subscription_id: cycle.subscription_id,
      cycle_id: cycle.id,
      type: "paid_elsewhere",
      actor_type: "admin",
      actor_id: input.actor_id,
      data: { note: input.note ?? null },
      dedupe_key: `${cycle.id}:paid_elsewhere`,
      occurred_at: batch.now,
    },
  ])
  const { charged } = await renewClaimed(batch, [
    {
      ...cycle,
      provider_id: SYSTEM_PROVIDER,
      payment_collection_id: null,
      payment_session_id: null,
      provider_payment_id: null,
    },
  ])
  return await resultOf(batch, cycle.id, charged[0])
}

/** No card is charged here, so nothing has to lie apart. */
function unbound(batch: Batch): Batch {
  return {
    ...batch,
    onDemand: true,
    options: { ...batch.options, safetyHours: 0 },
  }
}

/** Nothing at the provider may be completed after this. */
async function voidOrRelease(batch: Batch, cycle: CycleRow): Promise<void> {
  const { id, provider_id, payment_session_id } = cycle
  if (!payment_session_id || !provider_id) {
    return
  }
  const outcome = await gatewayFor(batch.container, provider_id).void({
    provider_id,
    payment_session_id,
    provider_payment_id: cycle.provider_payment_id,
    payment_method_id: null,
    idempotency_key: `${id}:${cycle.attempt}`,
  })
  if (outcome === "voided") {
    return
  }
  await batch.subscriptions.releaseCycles({
    worker: batch.worker,
    now: batch.now,
    ids: [id],
  })
  if (outcome === "paid") {
    await batch.subscriptions.recordCycleOutcome({
      cycle_id: id,
      attempt: cycle.attempt,
      event: "succeed",
      now: batch.now,
      askAfterSeconds: 0,
    })
    throw portalError("expected_status", {
      message: "The customer has paid this period in the meantime.",
    })
  }
  throw portalError("provider_unavailable")
}
