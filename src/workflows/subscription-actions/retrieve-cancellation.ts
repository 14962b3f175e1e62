import type { MedusaContainer } from "@medusajs/framework/types"
import {
  assertAllowed,
  type ActionContext,
} from "../../modules/subscription/domain/actions/action-context"
import {
  endOfPeriod,
  termLeft,
} from "../../modules/subscription/domain/actions/cancel"
import { availableOffers } from "../../modules/subscription/domain/actions/retention"
import { billingDateOf } from "../../modules/subscription/domain/billing-schedule"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { CANCELLATION_REASONS } from "../../types/subscription"
import type { CancellationView } from "../../types/subscription-actions-http"
import { subscriptionsOf } from "../subscription-reads/reader"
import { nextAmount } from "../subscription-reads/retrieve-next-charge"
import type { ActionRequest } from "./change-subscription"

/**
 * What a cancellation would do, computed by what cancels: when the subscription
 * would end, what would still be charged, and which offers would take effect.
 *
 * @throws `not_found`, and what refuses a cancellation
 */
export async function retrieveCancellation(
  container: MedusaContainer,
  request: ActionRequest
): Promise<CancellationView<Date>> {
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const { dates, ends_at, ...view } = await subscriptionsOf(
    container
  ).judgeSubscription(
    {
      ...request,
      now: await runtime.now(),
      safetyHours: runtime.options.renewals.safetyHours,
    },
    viewOf
  )
  const amount = dates.length ? await nextAmount(container, request.id) : null
  return {
    ...view,
    period_end: {
      ends_at,
      charges: dates.map((date) => ({ date, amount: amount ?? 0 })),
    },
  }
}

function viewOf(context: ActionContext) {
  assertAllowed("cancel", context)
  const { subscription, cycle, actor, now } = context
  const { min_cycles, paid_cycles, currency_code } = subscription
  const left = actor.type === "customer" ? termLeft(subscription) : 0
  const dates = cycle
    ? Array.from({ length: left }, (_, n) =>
        n === 0
          ? (cycle.next_attempt_at ?? cycle.due_at)
          : billingDateOf(subscription, cycle.period_index + n)
      )
    : []
  return {
    dates,
    ends_at: endOfPeriod(context),
    now: left > 0 ? null : { ends_at: now },
    currency_code,
    minimum_term:
      min_cycles === null ? null : { cycles: min_cycles, paid: paid_cycles },
    reasons: [...CANCELLATION_REASONS],
    offers: availableOffers(context),
  }
}
