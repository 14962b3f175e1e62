import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { meterAmount } from "../../modules/subscription/domain/meter-price"
import type { UsageRecord } from "../../types/meters"
import { EVERYONE, found, subscriptionsOf } from "../subscription-reads/reader"

/** Clocks of servers differ by less. */
const TOLERANCE_MS = 5 * 60 * 1000

/** What was used; `occurred_at` left out: now. */
export type RecordUsageInput = {
  meter: string
  quantity: number
  idempotency_key: string
  occurred_at?: Date
}

/**
 * Counts use of a subscription, once for each key: it is charged with the next
 * period that is priced.
 *
 * @returns the record, and whether it is new; the same key again answers the same
 * @throws `not_found`, `meter_unknown`, `currency_mismatch`, `date_out_of_range`,
 * `already_exists` (the key stands for something else),
 * `subscription_transition_not_allowed` (it has ended)
 */
export async function recordUsage(
  container: MedusaContainer,
  subscriptionId: string,
  { occurred_at, ...input }: RecordUsageInput
): Promise<{ record: UsageRecord<Date>; is_new: boolean }> {
  const service = subscriptionsOf(container)
  const now = await container
    .resolve<RuntimeModuleService>(RUNTIME_MODULE)
    .now()
  found(
    await service.readSubscription({ scope: EVERYONE, id: subscriptionId, now })
  )
  const [subscription] = await service.loadBillingSubscriptions([
    subscriptionId,
  ])
  const { plan, currency_code, status } = found(subscription ?? null)
  const meter = plan.meters?.find(({ key }) => key === input.meter)
  if (!meter) {
    throw portalError("meter_unknown")
  }
  if (meterAmount(meter, 0, currency_code) === null) {
    throw portalError("currency_mismatch", { details: { currency_code } })
  }
  if (occurred_at && occurred_at.getTime() > now.getTime() + TOLERANCE_MS) {
    throw portalError("date_out_of_range")
  }
  const written = await service.recordUsage({
    ...input,
    subscription_id: subscriptionId,
    occurred_at: occurred_at ?? now,
  })
  if (!written) {
    throw portalError("subscription_transition_not_allowed", {
      details: { action: "record_usage", reason: "status", status },
    })
  }
  const { record } = written
  if (
    record.meter !== input.meter ||
    record.quantity !== input.quantity ||
    (occurred_at && record.occurred_at.getTime() !== occurred_at.getTime())
  ) {
    throw portalError("already_exists", {
      message: "This key stands for another record.",
    })
  }
  return written
}
