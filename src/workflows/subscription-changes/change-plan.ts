/** Changes of plan and items: the preview, the change, and dropping one that waits. */
import type { MedusaContainer } from "@medusajs/framework/types"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { portalError } from "../../errors/portal-error"
import type {
  ActionContext,
  OpenContext,
} from "../../modules/subscription/domain/actions/action-context"
import {
  assertChangeable,
  dropChange,
} from "../../modules/subscription/domain/actions/change"
import { versionOf } from "../../modules/subscription/domain/change/version"
import type {
  ChangePreview,
  ChangeTime,
  ProrationChoice,
} from "../../types/subscription-change-http"
import {
  changeSubscription,
  type ActionRequest,
  type ActionResult,
} from "../subscription-actions/change-subscription"
import { voidCanceledPayments } from "../subscription-actions/void-payments"
import { subscriptionsOf } from "../subscription-reads/reader"
import { paidNow } from "./paid-now"
import { performChange, type ChangeResult } from "./perform-change"
import { effectOf } from "./plan-change"
import { previewOf, type PlannedChange } from "./planned-change"
import { resolveTerms, type WantedTerms } from "./resolve-terms"

/** A change of plan and items. */
export type ChangeInput = WantedTerms & {
  when: ChangeTime
  proration: ProrationChoice
  /** The preview's `at`, so that its figures hold. Left out: now. */
  at?: Date
}

/** The longest that a preview's figures hold. */
const PREVIEW_HOLDS_MS = 15 * 60 * 1000

/**
 * What a change would cost and what comes after it, computed by what makes it.
 *
 * @throws as {@link changeSubscriptionPlan}
 */
export async function previewPlanChange(
  container: MedusaContainer,
  request: ActionRequest,
  input: ChangeInput
): Promise<ChangePreview<Date>> {
  return (await planChange(container, request, input)).preview
}

/**
 * Changes what a subscription delivers, and under which plan: now, with the rest of
 * the period credited and charged, or at the period's end.
 *
 * @throws `plan_not_offered`, `plan_archived`, `validation_failed`,
 * `payment_pending` (409, past due), `charge_in_progress` (409), `expected_total`
 * (409), `expected_status` (409), `minimum_term_running`, `action_not_offered`,
 * `subscription_transition_not_allowed`, `insufficient_stock`, `not_found`
 *
 * @example
 * await changeSubscriptionPlan(container, request, {
 *   plan_id, when: "period_end", proration: "none",
 * })
 */
export async function changeSubscriptionPlan(
  container: MedusaContainer,
  request: ActionRequest,
  { expected_total, ...input }: ChangeInput & { expected_total?: number }
): Promise<ChangeResult> {
  return await performChange(
    container,
    request,
    await planChange(container, request, input),
    expected_total
  )
}

/**
 * Drops a change that waits: for the end of the period, or for the customer's bank.
 *
 * @throws `subscription_transition_not_allowed` where none waits,
 * `charge_in_progress` (409), `not_found`
 */
export async function dropPendingChange(
  container: MedusaContainer,
  request: ActionRequest
): Promise<ActionResult> {
  const result = await changeSubscription(container, request, dropChange)
  if (result.change.dropped_change_id) {
    await voidCanceledPayments(container, { subscription_id: request.id })
  }
  return result
}

async function planChange(
  container: MedusaContainer,
  request: ActionRequest,
  input: ChangeInput
): Promise<PlannedChange> {
  const context = await changeableNow(container, request, input)
  const { subscription, cycle } = context
  const at = momentOf(context, input.at)
  const resolved = await resolveTerms(container, subscription, input)
  assertChangeable(context, resolved.actions)
  const effect = await effectOf(container, {
    context,
    resolved,
    at,
    when: input.when,
    proration: input.proration,
    paid:
      input.when === "now" ? await paidNow(container, subscription, at) : null,
  })
  return {
    actions: resolved.actions,
    version: versionOf(subscription, cycle),
    write: effect.write,
    charge: effect.charge,
    preview: await previewOf(container, subscription, effect, {
      when: input.when,
      at,
    }),
  }
}

/** The subscription as it stands, where it may be changed at all. */
async function changeableNow(
  container: MedusaContainer,
  request: ActionRequest,
  { plan_id, items }: ChangeInput
): Promise<OpenContext> {
  return await judgeNow(container, request, (context) => {
    const isNewPlan =
      plan_id !== undefined && plan_id !== context.subscription.plan_id
    assertChangeable(context, [
      ...(isNewPlan ? (["change_plan"] as const) : []),
      ...(items || !isNewPlan ? (["change_items"] as const) : []),
    ])
    return context
  })
}

/** Looks at a subscription under its lock, at the plugin's time. */
export async function judgeNow<T>(
  container: MedusaContainer,
  request: ActionRequest,
  judge: (context: ActionContext) => T
): Promise<T> {
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  return await subscriptionsOf(container).judgeSubscription(
    {
      ...request,
      now: await runtime.now(),
      safetyHours: runtime.options.renewals.safetyHours,
    },
    judge
  )
}

/**
 * The second for which a change is computed.
 *
 * @throws `date_out_of_range` where the preview is too old
 */
export function momentOf({ now }: OpenContext, at: Date | undefined): Date {
  if (at && (at > now || now.getTime() - at.getTime() > PREVIEW_HOLDS_MS)) {
    throw portalError("date_out_of_range", {
      message: "This preview is over: ask for another one.",
      details: { field: "at" },
    })
  }
  const second = Math.floor((at ?? now).getTime() / 1000) * 1000
  return new Date(second)
}
