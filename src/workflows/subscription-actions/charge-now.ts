import type { MedusaContainer } from "@medusajs/framework/types"
import {
  assertOpen,
  type ActionContext,
} from "../../modules/subscription/domain/actions/action-context"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { markPaid } from "../renewals/mark-paid"
import { renewNow, type RenewNowResult } from "../renewals/renew-now"
import { subscriptionsOf } from "../subscription-reads/reader"
import type { ActionRequest } from "./change-subscription"

/** A charge that somebody asks for, and what they agreed to pay. */
export type ChargeNowInput = { expected_total?: number }

/**
 * Charges the next period now, before its date. The periods after it keep their
 * dates. Where it fails, nothing is owed yet: it is charged on its date.
 *
 * @throws `action_not_offered`, `subscription_transition_not_allowed`,
 * `charge_in_progress`, `expected_total`, `expected_status`, `not_found`, and
 * `cycle_not_due` within the safety bound after a charge
 */
export async function orderNow(
  container: MedusaContainer,
  request: ActionRequest,
  input: ChargeNowInput
): Promise<RenewNowResult> {
  return await chargeNow(container, request, "order_now", input)
}

/**
 * Tries a failed charge again now.
 *
 * @throws as {@link orderNow}
 */
export async function retryPayment(
  container: MedusaContainer,
  request: ActionRequest,
  input: ChargeNowInput
): Promise<RenewNowResult> {
  return await chargeNow(container, request, "retry_payment", input)
}

/**
 * Settles the open period that a customer paid elsewhere; staff only.
 *
 * @throws as `markPaid`
 */
export async function markPaidElsewhere(
  container: MedusaContainer,
  { id, actor, expected_status }: ActionRequest,
  input: { cycle_id?: string; note?: string }
): Promise<RenewNowResult> {
  return await markPaid(container, {
    ...input,
    subscription_id: id,
    expected_status,
    actor_id: actor.id,
  })
}

async function chargeNow(
  container: MedusaContainer,
  request: ActionRequest,
  action: "order_now" | "retry_payment",
  { expected_total }: ChargeNowInput
): Promise<RenewNowResult> {
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const cycleId = await subscriptionsOf(container).judgeSubscription(
    {
      ...request,
      now: await runtime.now(),
      safetyHours: runtime.options.renewals.safetyHours,
    },
    (context: ActionContext) => {
      assertOpen(action, context)
      return context.cycle.id
    }
  )
  // Claiming that very cycle is what lets one of many callers charge it.
  return await renewNow(container, {
    subscription_id: request.id,
    cycle_id: cycleId,
    expected_total,
  })
}
