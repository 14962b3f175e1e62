import type { CycleRow } from "../../modules/subscription/domain/billing"
import { noCounts } from "./batch"
import type { Batch, RenewalCounts } from "./batch"
import { chargeRenewals, recordCharge } from "./charge-renewals"
import type { ChargedRenewal } from "./charge-renewals"
import type { ClosingReason } from "./close-renewals"
import { assertAmount } from "./expected-amount"
import { finishRenewals } from "./finish-renewals"
import { openPayments } from "./open-payments"
import type { PaidRenewal } from "./place-orders"
import { priceRenewals } from "./price-renewals"
import type { PricedRenewal } from "./price-renewals"
import { isStripeProvider } from "../../shared/stripe-provider"
import { reportCharges } from "./report-failures"
import { applyPendingChanges, withSubscriptions } from "./apply-pending-changes"

/** What a run did with the cycles that it had claimed. */
export type RenewedBatch = {
  counts: RenewalCounts
  charged: ChargedRenewal<PricedRenewal>[]
  /** Cycles that are due still: another run takes them. */
  postponed: string[]
}

/**
 * Renews claimed cycles: price, open payments, charge, finish. Each stage takes
 * the whole batch, and each leaves the database in a state from which a later run
 * can go on.
 */
export async function renewClaimed(
  batch: Batch,
  cycles: CycleRow[],
  options: {
    /** The only amount that may be charged, of one cycle; 409 for another. */
    expected_amount?: number
  } = {}
): Promise<RenewedBatch> {
  const { renewals, closed } = await priceRenewals(
    batch,
    await applyPendingChanges(batch, await withSubscriptions(batch, cycles))
  )
  try {
    renewals.forEach(({ quote }) => {
      assertAmount(options.expected_amount, quote.amount)
    })
  } catch (error) {
    await batch.subscriptions.releaseCycles({
      worker: batch.worker,
      now: batch.now,
      ids: cycles.map(({ id }) => id),
    })
    throw error
  }

  const { charged, completed } = await chargePriced(batch, renewals)
  return {
    counts: count(cycles, closed, charged, completed),
    charged,
    postponed: charged
      .filter(({ outcome }) => outcome.status === "not_charged")
      .map(({ renewal }) => renewal.cycle.id),
  }
}

/**
 * Charges what is priced, of periods and of changes, and gives what is paid all
 * that follows from it.
 */
export async function chargePriced(
  batch: Batch,
  renewals: PricedRenewal[]
): Promise<{
  charged: ChargedRenewal<PricedRenewal>[]
  completed: number
}> {
  const settled = await settleWithoutCharge(batch, renewals)
  const decided = new Set(settled.map(({ renewal }) => renewal.cycle.id))
  const { payable, failed } = await openPayments(
    batch,
    renewals.filter(({ cycle }) => !decided.has(cycle.id))
  )
  const charged: ChargedRenewal<PricedRenewal>[] = [
    ...settled,
    ...(await chargeRenewals(batch, payable)),
  ]
  for (const { renewal, message } of failed) {
    charged.push(
      await recordCharge(batch, renewal, {
        status: "not_charged",
        code: "provider_unavailable",
        message,
      })
    )
  }
  const completed = await finishRenewals(batch, paidRenewals(batch, charged))
  await reportCharges(batch, charged)
  return { charged, completed }
}

/** Periods that cost nothing, and those that nothing can be charged for. */
async function settleWithoutCharge(
  batch: Batch,
  renewals: PricedRenewal[]
): Promise<ChargedRenewal<PricedRenewal>[]> {
  const settled: ChargedRenewal<PricedRenewal>[] = []
  for (const renewal of renewals) {
    const { subscription, quote, cycle } = renewal
    const provider = cycle.provider_id
    if (quote.amount === 0) {
      settled.push(await recordCharge(batch, renewal, { status: "paid" }))
    } else if (
      !provider ||
      (isStripeProvider(provider) && !subscription.payment_method_id)
    ) {
      settled.push(
        await recordCharge(batch, renewal, {
          status: "declined",
          code: "payment_method_missing",
          message: "The subscription has no payment method.",
          is_final: true,
        })
      )
    }
  }
  return settled
}

/** Charged renewals as their orders need them. */
export function paidRenewals(
  { now }: Batch,
  charged: ChargedRenewal<PricedRenewal>[]
): PaidRenewal[] {
  return charged
    .filter(({ status }) => status === "paid")
    .map(({ renewal: { cycle, ...renewal } }) => ({
      ...renewal,
      cycle: {
        ...cycle,
        amount: cycle.amount ?? String(renewal.quote.amount),
        paid_at: cycle.paid_at ?? now,
      },
    }))
}

function count(
  cycles: CycleRow[],
  closed: ClosingReason["kind"][],
  charged: ChargedRenewal[],
  completed: number
): RenewalCounts {
  const outcomes = (status: string) =>
    charged.filter(({ outcome }) => outcome.status === status).length
  const closings = (...kinds: ClosingReason["kind"][]) =>
    closed.filter((kind) => kinds.includes(kind)).length
  return {
    ...noCounts(),
    claimed: cycles.length,
    paid: outcomes("paid"),
    completed,
    declined: outcomes("declined"),
    action_required: outcomes("action_required"),
    unknown: outcomes("unknown"),
    postponed:
      outcomes("not_charged") +
      closings(
        "held",
        "parked",
        "waiting_for_stock",
        "paused_for_stock",
        "unpriceable"
      ),
    skipped: closings("skipped"),
    ended: closings("ended", "given_up"),
  }
}
