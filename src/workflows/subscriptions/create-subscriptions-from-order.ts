import {
  createWorkflow,
  transform,
  when,
  WorkflowResponse,
} from "@medusajs/framework/workflows-sdk"
import { Modules } from "@medusajs/framework/utils"
import {
  createRemoteLinkStep,
  emitEventStep,
} from "@medusajs/medusa/core-flows"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import { PortalSubscriptionEvents } from "../../types/events"
import { prepareSubscriptionDrafts } from "./prepare-subscription-drafts"
import type { PaymentSource, Purchase } from "./purchase"
import {
  insertSubscriptionsStep,
  type InsertSubscriptionsInput,
} from "./steps/insert-subscriptions"
import { loadPurchaseStep } from "./steps/load-purchase"
import { resolvePaymentSourceStep } from "./steps/resolve-payment-source"

export type CreateSubscriptionsFromOrderInput = { order_id: string }

export const createSubscriptionsFromOrderWorkflowId =
  "portal-create-subscriptions-from-order"

/**
 * Makes the subscriptions that were bought with an order: one for each plan. It
 * may run any number of times and at the same time for one order; together the
 * runs make each subscription once. An order without subscription lines is left
 * after two queries.
 *
 * @example
 * await createSubscriptionsFromOrderWorkflow(container).run({
 *   input: { order_id: order.id },
 * }) // result: { created: [{ id: "sub_…" }] }
 */
export const createSubscriptionsFromOrderWorkflow = createWorkflow(
  createSubscriptionsFromOrderWorkflowId,
  (input: CreateSubscriptionsFromOrderInput) => {
    const loaded = loadPurchaseStep(input)
    const payment = resolvePaymentSourceStep(loaded)
    const toInsert = transform({ input, loaded, payment }, prepareInsert)
    const { created, all } = insertSubscriptionsStep(toInsert)

    // Also for subscriptions that an earlier run made and could not link.
    const links = transform({ input, all }, prepareOrderLinks)
    createRemoteLinkStep(links).config({ noCompensation: true })

    when({ created }, (data) => data.created.length > 0).then(() => {
      emitEventStep({
        eventName: PortalSubscriptionEvents.CREATED,
        data: created,
      })
    })
    return new WorkflowResponse({ created })
  }
)

function prepareInsert(data: {
  input: CreateSubscriptionsFromOrderInput
  loaded: { purchase: Purchase | null }
  payment: PaymentSource
}): InsertSubscriptionsInput {
  const { purchase } = data.loaded
  return {
    order_id: data.input.order_id,
    purchase: purchase && {
      cart_id: purchase.cart_id,
      drafts: prepareSubscriptionDrafts(purchase, data.payment),
    },
  }
}

function prepareOrderLinks(data: {
  input: CreateSubscriptionsFromOrderInput
  all: string[]
}): Record<string, Record<string, string>>[] {
  return data.all.map((id) => ({
    [SUBSCRIPTION_MODULE]: { portal_subscription_id: id },
    [Modules.ORDER]: { order_id: data.input.order_id },
  }))
}
