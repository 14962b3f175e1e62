import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import type {
  ActionContext,
  OpenContext,
} from "../../modules/subscription/domain/actions/action-context"
import {
  assertChangeable,
  isCurrent,
} from "../../modules/subscription/domain/actions/change"
import type { ChangePreview } from "../../types/subscription-change-http"
import { openBatch } from "../renewals/batch"
import { assertAmount } from "../renewals/expected-amount"
import { chargePriced } from "../renewals/renew-claimed"
import { resultOf, type RenewNowResult } from "../renewals/renew-now"
import {
  changeSubscription,
  type ActionRequest,
} from "../subscription-actions/change-subscription"
import { voidCanceledPayments } from "../subscription-actions/void-payments"
import type { PlannedChange } from "./planned-change"

/** What a change did. */
export type ChangeResult = {
  change: ChangePreview<Date>
  /** What became of its charge; null: nothing was due. */
  charge: RenewNowResult | null
}

/**
 * Makes a planned change: at once where nothing is due, else when its charge is
 * paid. What it was computed of is looked at again under the lock; two at once have
 * one winner. A charge that is refused changes nothing, and its payment is void.
 *
 * @throws `expected_total`, `expected_status`, `charge_in_progress` (409), and what
 * refuses a change
 */
export async function performChange(
  container: MedusaContainer,
  request: ActionRequest,
  planned: PlannedChange,
  expectedTotal: number | undefined
): Promise<ChangeResult> {
  const { preview, charge, write } = planned
  assertAmount(expectedTotal, preview.due_now)
  if (!charge) {
    await changeSubscription(container, request, (context) => {
      assertStill(context, planned)
      return write
    })
    return { change: preview, charge: null }
  }
  const batch = await openBatch(container)
  const { quote } = charge
  const order_id = generateEntityId(undefined, "order")
  const cycle = await batch.subscriptions.openChange(
    {
      ...request,
      now: batch.now,
      safetyHours: batch.options.safetyHours,
      worker: batch.worker,
      leaseSeconds: batch.leaseSeconds,
      charge: {
        ...charge,
        write,
        order_id,
        payment_collection_id:
          quote.amount > 0 ? generateEntityId(undefined, "pay_col") : null,
      },
    },
    (context) => {
      assertStill(context, planned)
    }
  )
  const [subscription] = await batch.subscriptions.loadBillingSubscriptions([
    request.id,
  ])
  if (!subscription) {
    throw portalError("not_found")
  }
  const { charged } = await chargePriced(batch, [
    { cycle, subscription, quote, order_id },
  ])
  const result = await resultOf(batch, cycle.id, charged[0])
  if (result.status === "canceled") {
    await voidCanceledPayments(container, { subscription_id: request.id })
  }
  return { change: preview, charge: result }
}

function assertStill(
  context: ActionContext,
  { actions, version }: PlannedChange
): asserts context is OpenContext {
  assertChangeable(context, actions)
  if (!isCurrent(context, version)) {
    throw portalError("expected_status", {
      message: "The subscription has changed in the meantime.",
    })
  }
}
