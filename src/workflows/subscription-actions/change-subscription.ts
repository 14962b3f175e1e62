import type { MedusaContainer } from "@medusajs/framework/types"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import type { ChangeRequest } from "../../modules/subscription/action-service"
import type { ActionContext } from "../../modules/subscription/domain/actions/action-context"
import type { SubscriptionChange } from "../../modules/subscription/domain/actions/subscription-change"
import { renewNow, type RenewNowResult } from "../renewals/renew-now"
import { subscriptionsOf } from "../subscription-reads/reader"
import { sendEntries } from "./send-events"

/** Which subscription somebody changes, and what they saw before. */
export type ActionRequest = Omit<ChangeRequest, "now" | "safetyHours">

/** What a change did. */
export type ActionResult = {
  change: SubscriptionChange
  /** What became of the charge that it asked for; null: it asked for none. */
  charge: RenewNowResult | null
}

/**
 * Does one action on a subscription: decided by a pure function under the
 * subscription's lock, written with its timeline in one transaction, and told to
 * others afterwards. A charge that it asks for is made after the commit; where a
 * crash comes in between, the renewal job makes it.
 *
 * @param decide - the action of `domain/actions`
 * @throws `not_found`, `expected_status` (409), `charge_in_progress` (409), and
 * what the action refuses
 *
 * @example
 * await changeSubscription(container, request, (context) => pause(context, {}))
 */
export async function changeSubscription(
  container: MedusaContainer,
  request: ActionRequest,
  decide: (context: ActionContext) => SubscriptionChange
): Promise<ActionResult> {
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const { entry, change, cycle_id } = await subscriptionsOf(
    container
  ).changeSubscription(
    {
      ...request,
      now: await runtime.now(),
      safetyHours: runtime.options.renewals.safetyHours,
    },
    decide
  )
  if (entry) {
    await sendEntries(container, [entry])
  }
  const added = change.cycles?.some((write) => "add" in write) ?? false
  return {
    change,
    charge: change.charge_now
      ? await renewNow(container, {
          subscription_id: request.id,
          // A cycle that this made is the open one now, and has no other id yet.
          cycle_id: added ? undefined : (cycle_id ?? undefined),
        })
      : null,
  }
}
