import type { MedusaContainer } from "@medusajs/framework/types"
import type { ActionContext } from "../../modules/subscription/domain/actions/action-context"
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
  type ResumeInput,
} from "../../modules/subscription/domain/actions/resume"
import { skip, unskip } from "../../modules/subscription/domain/actions/skip"
import type { SubscriptionChange } from "../../modules/subscription/domain/actions/subscription-change"
import { unpark } from "../../modules/subscription/domain/actions/unpark"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import type { ActionPreview } from "../../types/subscription-http"
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
  const { outcome, change, quoted } = await subscriptionsOf(
    container
  ).judgeSubscription(
    { ...request, now, safetyHours: runtime.options.renewals.safetyHours },
    (context) => judge(context, input)
  )
  const { subscription, cycle, charge_at } = outcome
  return {
    status: subscription.status,
    resumes_at: subscription.resumes_at,
    ends_at: subscription.ended_at ?? subscription.cancel_at,
    next_charge:
      charge_at && cycle
        ? {
            date: charge_at,
            is_now: change.charge_now ?? false,
            period_start: cycle.period_start,
            period_end: cycle.period_end,
            amount: quoted ?? (await amountOf(container, outcome)),
            currency_code: subscription.currency_code,
          }
        : null,
  }
}

function judge(context: ActionContext, input: PreviewInput) {
  const change = decide(context, input)
  const outcome = outcomeOf(context, change)
  const { cycle } = context
  const isSame = cycle !== null && outcome.cycle?.id === cycle.id
  return {
    change,
    outcome,
    // A period that was priced once is charged what it was priced at.
    quoted: isSame ? (cycle.quote?.amount ?? null) : null,
  }
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
