import type { MedusaContainer } from "@medusajs/framework/types"
import {
  stateOf,
  type ActionContext,
} from "../../modules/subscription/domain/actions/action-context"
import {
  cancel,
  reactivate,
  type CancelInput,
} from "../../modules/subscription/domain/actions/cancel"
import {
  outcomeOf,
  type Outcome,
} from "../../modules/subscription/domain/actions/outcome"
import {
  pause,
  type PauseInput,
} from "../../modules/subscription/domain/actions/pause"
import { reschedule } from "../../modules/subscription/domain/actions/reschedule"
import {
  resume,
  resumeOnDate,
  type ResumeInput,
} from "../../modules/subscription/domain/actions/resume"
import { skip, unskip } from "../../modules/subscription/domain/actions/skip"
import type { SubscriptionChange } from "../../modules/subscription/domain/actions/subscription-change"
import { unpark } from "../../modules/subscription/domain/actions/unpark"
import { refusalOf } from "../../modules/subscription/domain/available-actions"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import type { ActionPreview } from "../../types/subscription-staff-http"
import { quoteCycles } from "../renewals/quote/quote-cycles"
import { subscriptionsOf } from "../subscription-reads/reader"
import type { ActionRequest } from "./change-subscription"

/** An action and what it takes. */
export type PreviewInput =
  | ({ action: "pause" } & PauseInput)
  | ({ action: "resume" } & ResumeInput)
  | { action: "skip"; cycles?: number }
  | { action: "reschedule"; date: string }
  | ({ action: "cancel" } & Pick<CancelInput, "when">)
  | { action: "unskip" | "unpark" | "reactivate" }

/**
 * What an action would do, decided by the function that does it: nothing is
 * written, and what refuses the action refuses its preview.
 *
 * @throws as the action
 *
 * @example
 * await previewAction(container, request, { action: "skip", cycles: 2 })
 * // { status: "active", next_charge: { date: …, amount: 24 }, … }
 */
export async function previewAction(
  container: MedusaContainer,
  request: ActionRequest,
  input: PreviewInput
): Promise<ActionPreview<Date>> {
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const now = await runtime.now()
  const { outcome, change, resumed, quoted } = await subscriptionsOf(
    container
  ).judgeSubscription(
    { ...request, now, safetyHours: runtime.options.renewals.safetyHours },
    (context) => judge(context, input)
  )
  const { subscription } = outcome
  const amount =
    outcome.charge_at || resumed?.charge_at
      ? (quoted ?? (await amountOf(container, outcome)))
      : null
  return {
    status: subscription.status,
    resumes_at: subscription.resumes_at,
    ends_at: subscription.ended_at ?? subscription.cancel_at,
    next_charge: chargeOf(outcome, amount, change.charge_now),
    after_pause: resumed && chargeOf(resumed, amount),
  }
}

function chargeOf(
  { subscription, cycle, charge_at }: Outcome,
  amount: number | null,
  is_now = false
): ActionPreview<Date>["next_charge"] {
  if (!charge_at || !cycle) {
    return null
  }
  return {
    date: charge_at,
    is_now,
    period_start: cycle.period_start,
    period_end: cycle.period_end,
    amount,
    currency_code: subscription.currency_code,
  }
}

function judge(context: ActionContext, input: PreviewInput) {
  const change = decide(context, input)
  const outcome = outcomeOf(context, change)
  const resumed = resumedOf(context, outcome)
  const { cycle } = context
  const charged = (resumed ?? outcome).cycle
  return {
    change,
    outcome,
    resumed,
    // A period that was priced once is charged what it was priced at.
    quoted:
      cycle && charged?.id === cycle.id ? (cycle.quote?.amount ?? null) : null,
  }
}

/** What comes when a pause ends by itself; null where it does not. */
function resumedOf(
  context: ActionContext,
  { subscription }: Outcome
): Outcome | null {
  const { status, resumes_at } = subscription
  if (status !== "paused" || !resumes_at) {
    return null
  }
  const then = { ...context, subscription, now: resumes_at }
  // What would refuse it then (a parked one, an end before) is no charge.
  return refusalOf("resume", stateOf(then), { ignorePlan: true })
    ? null
    : outcomeOf(then, resumeOnDate(then))
}

function decide(
  context: ActionContext,
  input: PreviewInput
): SubscriptionChange {
  switch (input.action) {
    case "pause":
      return pause(context, input)
    case "resume":
      return resume(context, input)
    case "skip":
      return skip(context, input)
    case "reschedule":
      return reschedule(context, input)
    case "cancel":
      return cancel(context, input)
    case "unskip":
      return unskip(context)
    case "unpark":
      return unpark(context)
    case "reactivate":
      return reactivate(context)
  }
}

/** Null where the period cannot be priced now. */
async function amountOf(
  container: MedusaContainer,
  { subscription }: Outcome
): Promise<number | null> {
  const { id } = subscription
  const result = (
    await quoteCycles(container, [{ key: id, subscription }])
  ).get(id)
  return result && "quote" in result ? result.quote.amount : null
}
