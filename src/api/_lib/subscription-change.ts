import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import type { MedusaContainer } from "@medusajs/framework/types"
import { withPortalErrors } from "../../errors/error-handler"
import type {
  AdminChangeResponse,
  ChangePreview,
  ChangeResponse,
} from "../../types/subscription-change-http"
import { recordTask } from "../../workflows/portal-sessions/record-task"
import type { ActionRequest } from "../../workflows/subscription-actions/change-subscription"
import { chargeResult } from "../../workflows/subscription-actions/charge-result"
import type { ChangeResult } from "../../workflows/subscription-changes/perform-change"
import { EVERYONE, scopeOf } from "../../workflows/subscription-reads/reader"
import {
  retrieveCustomerSubscription,
  retrieveSubscription,
} from "../../workflows/subscription-reads/retrieve-subscription"
import { pathId } from "./path-id"
import type { PortalRequest } from "./portal-guard"

type Preview<Input> = (
  container: MedusaContainer,
  request: ActionRequest,
  input: Input
) => Promise<ChangePreview<Date>>

type Run<Input> = (
  container: MedusaContainer,
  request: ActionRequest,
  input: Input
) => Promise<ChangeResult>

type Body<Input> = Input & Pick<ActionRequest, "expected_status">
type StaffRequest<Input> = AuthenticatedMedusaRequest<Body<Input>>

/**
 * A route that tells a customer what a change would cost.
 *
 * @example
 * export const POST = customerPreview(previewPlanChange)
 */
export function customerPreview<Input>(run: Preview<Input>) {
  return withPortalErrors(
    async (req: PortalRequest<Body<Input>>, res: MedusaResponse) => {
      const { request, input } = ofCustomer(req)
      res.json({ preview: await run(req.scope, request, input) })
    }
  )
}

/** The same for staff, on any customer's subscription. */
export function staffPreview<Input>(run: Preview<Input>) {
  return withPortalErrors(
    async (req: StaffRequest<Input>, res: MedusaResponse) => {
      const { request, input } = ofStaff(req)
      res.json({ preview: await run(req.scope, request, input) })
    }
  )
}

/**
 * A route by which a customer changes an own subscription. It answers the
 * subscription as it is afterwards, the figures, and what became of the charge.
 *
 * @example
 * export const POST = customerChange(changeSubscriptionPlan)
 */
export function customerChange<Input>(run: Run<Input>) {
  return withPortalErrors(
    async (req: PortalRequest<Body<Input>>, res: MedusaResponse) => {
      const { request, input } = ofCustomer(req)
      const { scope, id } = request
      const { change, charge } = await run(req.scope, request, input)
      const payment =
        charge &&
        (await chargeResult(req.scope, charge, {
          return_url: `${req.portal.tenant.portal_url}/subscriptions/${id}`,
        }))
      if (!payment || payment.status === "paid") {
        await recordTask(req.scope, req.portal, "subscription_changed")
      }
      res.json({
        subscription: await retrieveCustomerSubscription(req.scope, scope, id),
        change,
        payment,
      } satisfies ChangeResponse<Date>)
    }
  )
}

/** The same for staff, on any customer's subscription. */
export function staffChange<Input>(run: Run<Input>) {
  return withPortalErrors(
    async (req: StaffRequest<Input>, res: MedusaResponse) => {
      const { request, input } = ofStaff(req)
      const { change, charge } = await run(req.scope, request, input)
      res.json({
        subscription: await retrieveSubscription(req.scope, request.id),
        change,
        payment: charge && (await chargeResult(req.scope, charge)),
      } satisfies AdminChangeResponse<Date>)
    }
  )
}

function ofCustomer<Input>(req: PortalRequest<Body<Input>>) {
  const { expected_status, ...input } = req.validatedBody
  return {
    request: {
      scope: scopeOf(req.portal),
      id: pathId(req),
      expected_status,
      actor: { type: "customer" as const, id: req.portal.customer_id },
    },
    input: input as Input,
  }
}

function ofStaff<Input>(req: StaffRequest<Input>) {
  const { expected_status, ...input } = req.validatedBody
  return {
    request: {
      scope: EVERYONE,
      id: pathId(req),
      expected_status,
      actor: { type: "admin" as const, id: req.auth_context.actor_id },
    },
    input: input as Input,
  }
}
