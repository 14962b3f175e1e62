import type {
  AuthenticatedMedusaRequest,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { withPortalErrors } from "../../errors/error-handler"
import type {
  AdminSubscriptionActionResponse,
  SubscriptionActionResponse,
} from "../../types/subscription-actions-http"
import { recordTask } from "../../workflows/portal-sessions/record-task"
import type { RenewNowResult } from "../../workflows/renewals/renew-now"
import type {
  ActionRequest,
  ActionResult,
} from "../../workflows/subscription-actions/change-subscription"
import { chargeResult } from "../../workflows/subscription-actions/charge-result"
import { EVERYONE, scopeOf } from "../../workflows/subscription-reads/reader"
import {
  retrieveCustomerSubscription,
  retrieveSubscription,
} from "../../workflows/subscription-reads/retrieve-subscription"
import { pathId } from "./path-id"
import type { PortalRequest } from "./portal-guard"

/** An action of `workflows/subscription-actions`. */
type Run<Input> = (
  container: MedusaContainer,
  request: ActionRequest,
  input: Input
) => Promise<ActionResult | RenewNowResult>

type PortalTask = Parameters<typeof recordTask>[2]

/** What an action takes from the path. */
type FromPath<Input> = (req: MedusaRequest) => Partial<Input>

type Body<Input> = Input & Pick<ActionRequest, "expected_status">

/**
 * A route by which a customer does something with an own subscription. It answers
 * the subscription as it is afterwards, and what became of a charge.
 *
 * @param task - what the customer has done by it, for the merchant's counts;
 * left out: nothing that anybody would have written about
 * @param fromPath - what the action takes besides its body
 *
 * @example
 * export const POST = customerAction(pauseSubscription, "subscription_paused")
 */
export function customerAction<Input>(
  run: Run<Input>,
  task?: PortalTask,
  fromPath?: FromPath<Input>
) {
  return withPortalErrors(
    async (req: PortalRequest<Body<Input>>, res: MedusaResponse) => {
      const { expected_status, ...body } = bodyOf(req)
      const input = { ...body, ...fromPath?.(req) }
      const { customer_id, tenant } = req.portal
      const id = pathId(req)
      const scope = scopeOf(req.portal)
      const result = await run(
        req.scope,
        {
          scope,
          id,
          expected_status,
          actor: { type: "customer", id: customer_id },
        },
        input as Input
      )
      const charge = chargeOf(result)
      const payment =
        charge &&
        (await chargeResult(req.scope, charge, {
          return_url: `${tenant.portal_url}/subscriptions/${id}`,
        }))
      if (task) {
        await recordTask(req.scope, req.portal, task)
      }
      res.json({
        subscription: await retrieveCustomerSubscription(req.scope, scope, id),
        payment,
      } satisfies SubscriptionActionResponse<Date>)
    }
  )
}

/** The same for staff, on any customer's subscription. */
export function staffAction<Input>(
  run: Run<Input>,
  fromPath?: FromPath<Input>
) {
  return withPortalErrors(
    async (
      req: AuthenticatedMedusaRequest<Body<Input>>,
      res: MedusaResponse
    ) => {
      const { expected_status, ...body } = bodyOf(req)
      const input = { ...body, ...fromPath?.(req) }
      const id = pathId(req)
      const result = await run(
        req.scope,
        {
          scope: EVERYONE,
          id,
          expected_status,
          actor: { type: "admin", id: req.auth_context.actor_id },
        },
        input as Input
      )
      const charge = chargeOf(result)
      res.json({
        subscription: await retrieveSubscription(req.scope, id),
        payment: charge && (await chargeResult(req.scope, charge)),
      } satisfies AdminSubscriptionActionResponse<Date>)
    }
  )
}

/** A `DELETE` has no body. */
function bodyOf<T>(req: MedusaRequest<T>): Partial<T> {
  return (req as Partial<MedusaRequest<T>>).validatedBody ?? {}
}

function chargeOf(
  result: ActionResult | RenewNowResult
): RenewNowResult | null {
  return "outcome" in result ? result : result.charge
}
