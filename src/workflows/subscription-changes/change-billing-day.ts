/** Changes of the day on which a subscription is charged. */
import type { MedusaContainer } from "@medusajs/framework/types"
import { portalError } from "../../errors/portal-error"
import { assertChangeable } from "../../modules/subscription/domain/actions/change"
import type { BillingSubscription } from "../../modules/subscription/domain/billing"
import { cyclePeriod } from "../../modules/subscription/domain/billing-schedule"
import {
  fullPeriodBefore,
  nearestDate,
  type BillingDay,
} from "../../modules/subscription/domain/change/billing-day"
import {
  priceKey,
  type PaidLine,
  type PaidPeriod,
} from "../../modules/subscription/domain/change/terms"
import { versionOf } from "../../modules/subscription/domain/change/version"
import type { Proration } from "../../modules/subscription/domain/proration"
import { prorateBillingDay } from "../../modules/subscription/domain/proration-billing-day"
import { currencyDecimals } from "../../shared/money"
import { PortalSubscriptionEvents } from "../../types/events"
import type {
  ChangePreview,
  ProrationChoice,
} from "../../types/subscription-change-http"
import type { SubscriptionAction } from "../../types/available-actions"
import type { ActionRequest } from "../subscription-actions/change-subscription"
import { judgeNow, momentOf } from "./change-plan"
import { paidNow } from "./paid-now"
import { performChange, type ChangeResult } from "./perform-change"
import { linesOfEntries } from "./lines-of-entries"
import {
  balanceAfter,
  previewOf,
  type Effect,
  type PlannedChange,
} from "./planned-change"
import { quoteDifference } from "./quote-difference"

/** A new billing day. */
export type BillingDayInput = {
  day_of_month?: number
  weekday?: number
  proration: ProrationChoice
  at?: Date
}

/** Who may move a charge may move all of them. */
const ACTIONS: SubscriptionAction[] = ["reschedule"]

/**
 * What another billing day would cost.
 *
 * @throws as {@link changeBillingDay}
 */
export async function previewBillingDay(
  container: MedusaContainer,
  request: ActionRequest,
  input: BillingDayInput
): Promise<ChangePreview<Date>> {
  return (await planBillingDay(container, request, input)).preview
}

/**
 * Moves the day on which a subscription is charged. The next charge goes to the date
 * of that day which is nearest to the present one: the extra days are charged now,
 * the days that were paid and fall away are credited.
 *
 * @throws `validation_failed` (the rhythm has no such day, nothing changes),
 * `charge_in_progress`, `payment_pending`, `expected_total`, `expected_status` (409),
 * `action_not_offered`, `subscription_transition_not_allowed`, `not_found`
 */
export async function changeBillingDay(
  container: MedusaContainer,
  request: ActionRequest,
  { expected_total, ...input }: BillingDayInput & { expected_total?: number }
): Promise<ChangeResult> {
  return await performChange(
    container,
    request,
    await planBillingDay(container, request, input),
    expected_total
  )
}

async function planBillingDay(
  container: MedusaContainer,
  request: ActionRequest,
  input: BillingDayInput
): Promise<PlannedChange> {
  const context = await judgeNow(container, request, (one) => {
    assertChangeable(one, ACTIONS)
    return one
  })
  const { subscription, cycle, skipped } = context
  const at = momentOf(context, input.at)
  const paid = await paidNow(container, subscription, at)
  if (skipped.length || !paid || subscription.pending_change) {
    throw portalError("subscription_transition_not_allowed", {
      message:
        "Nothing may be left out or waiting when the billing day changes.",
      details: { reason: "no_paid_period" },
    })
  }
  const day = dayOf(input)
  const end = new Date(paid.end)
  const new_end = nearestDate(subscription, day, { end, now: at })
  if (new_end.getTime() === end.getTime()) {
    throw portalError("validation_failed", { message: "Nothing would change." })
  }
  const { currency_code, provider_id } = subscription
  const result = prorateBillingDay({
    at,
    period: { start: new Date(paid.start), end },
    new_end,
    full_period: fullPeriodBefore(subscription, day, new_end),
    lines: agreedLines(subscription, paid, new_end > end),
    currency_decimals: currencyDecimals(currency_code),
    proration: input.proration,
  })
  const quote =
    result.net > 0
      ? await quoteDifference(container, subscription, {
          charges: result.charges,
          credit: 0,
        })
      : null
  const credit_added = quote
    ? -(quote.credit_applied ?? 0)
    : Math.max(0, -result.net)
  const anchor = {
    anchor_at: new_end,
    anchor_index: cycle.period_index,
    anchor_day_of_month: "day_of_month" in day ? day.day_of_month : null,
  }
  const after = {
    ...subscription,
    ...anchor,
    credit_balance: balanceAfter(subscription, credit_added),
  }
  const next = cyclePeriod(after, cycle.period_index)
  const effect: Effect = {
    write: {
      subscription: {
        ...anchor,
        paid_period: lengthened(subscription, paid, new_end, result),
      },
      credit_added,
      cycles: [
        {
          id: cycle.id,
          set: {
            period_start: next.start,
            period_end: next.end,
            due_at: next.start,
            next_attempt_at: next.start,
          },
        },
      ],
      entry: {
        type: "changed",
        data: { when: "now", ...day, next_charge_at: next.start.toISOString() },
        event: PortalSubscriptionEvents.CHANGED,
      },
    },
    charge: quote && {
      quote,
      period_start: end,
      period_end: new_end,
      provider_id,
    },
    after,
    effective_at: at,
    next_date: next.start,
    credit: result.credit_total,
    amount: result.charge_total,
    lines: linesOfEntries(result),
  }
  return {
    actions: ACTIONS,
    version: versionOf(subscription, cycle),
    write: effect.write,
    charge: effect.charge,
    preview: await previewOf(container, subscription, effect, {
      when: "now",
      at,
    }),
  }
}

function dayOf({ day_of_month, weekday }: BillingDayInput): BillingDay {
  return day_of_month === undefined
    ? { weekday: weekday ?? 1 }
    : { day_of_month }
}

/** Extra days cost what periods cost from now on; credited is what was paid. */
function agreedLines(
  { items }: BillingSubscription,
  paid: PaidPeriod,
  isLonger: boolean
): PaidLine[] {
  return isLonger
    ? items.map(({ id, title, unit_price, quantity }) => ({
        key: id,
        title,
        unit_price,
        quantity,
      }))
    : paid.lines
}

const FINEST = 1e8

/** What is paid for now, with the days that were charged or credited. */
function lengthened(
  { plan_id, items }: BillingSubscription,
  paid: PaidPeriod,
  end: Date,
  { credits, charges, fraction }: Proration
): PaidPeriod {
  const share = fraction.remaining_seconds / fraction.total_seconds
  const isSettled = credits.length + charges.length > 0
  const lines = paid.lines.map((line) => {
    const of = (entries: typeof credits) =>
      entries.find(({ key }) => key === line.key)?.amount ?? 0
    const value =
      line.unit_price + (of(charges) - of(credits)) / Math.max(1, line.quantity)
    return {
      ...line,
      unit_price: Math.max(0, Math.round(value * FINEST) / FINEST),
    }
  })
  return {
    start: paid.start,
    end: end.toISOString(),
    lines,
    prices: Object.fromEntries(
      items.flatMap(({ id, variant_id }) => {
        const line = lines.find(({ key }) => key === id)
        return line ? [[priceKey(plan_id, variant_id), line.unit_price]] : []
      })
    ),
    scale:
      (paid.scale ?? 1) *
      (isSettled ? 1 + (charges.length ? share : -share) : 1),
  }
}
