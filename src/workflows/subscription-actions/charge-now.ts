import type { MedusaContainer } from "@medusajs/framework/types"
import {
  assertOpen,
  type ActionContext,
} from "../../modules/subscription/domain/actions/action-context"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { portalError } from "../../errors/portal-error"
import { enforceLimits } from "../limits/enforce-limits"
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
 * `rate_limited` (429), `too_many_charge_tries` (409), `charge_in_progress`, `expected_total`, `expected_status`, `not_found`, and
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
  const { actor } = request
  if (actor.type === "customer" && actor.id) {
    await enforceLimits(container, [{ limit: "chargeOnDemand", key: actor.id }])
  }
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const now = await runtime.now()
  const subscriptions = subscriptionsOf(container)
  const charge = await subscriptions.judgeSubscription(
    {
      ...request,
      now,
      safetyHours: runtime.options.renewals.safetyHours,
    },
    (context: ActionContext) => {
      assertOpen(action, context)
      const { payment_method_id } = context.subscription
      return { cycle_id: context.cycle.id, payment_method_id }
    }
  )
  await assertFree(container, { ...charge, now })
  // Claiming that very cycle is what lets one of many callers charge it.
  return await renewNow(container, {
    subscription_id: request.id,
    cycle_id: charge.cycle_id,
    expected_total,
  })
}

/**
 * Says that card networks allow no more tries before anything is taken. What decides
 * is the statement that starts a charge.
 *
 * @throws `too_many_charge_tries` (409) with `retry_at`
 */
async function assertFree(
  container: MedusaContainer,
  charge: { cycle_id: string; payment_method_id: string | null; now: Date }
): Promise<void> {
  const free_at = await subscriptionsOf(container).chargeFreeAt(charge)
  if (free_at) {
    throw portalError("too_many_charge_tries", {
      details: { retry_at: new Date(free_at).toISOString() },
    })
  }
}
