import type {
  AuthenticatedMedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../errors/error-handler"
import type {
  AdminSubscriptionActionResponse,
  SubscriptionActionResponse,
} from "../../types/subscription-actions-http"
import { chargeResult } from "../../workflows/subscription-actions/charge-result"
import { resubscribe } from "../../workflows/subscription-actions/resubscribe"
import { EVERYONE, scopeOf } from "../../workflows/subscription-reads/reader"
import {
  retrieveCustomerSubscription,
  retrieveSubscription,
} from "../../workflows/subscription-reads/retrieve-subscription"
import { pathId } from "./path-id"
import type { PortalRequest } from "./portal-guard"
import type { ResubscribeBody } from "./subscription-action-bodies"

/** The customer's way to begin again: 201, or 200 where it had begun before. */
export const customerResubscribe = withPortalErrors(
  async (req: PortalRequest<ResubscribeBody>, res: MedusaResponse) => {
    const { expected_status, ...input } = req.validatedBody
    const scope = scopeOf(req.portal)
    const actor = { type: "customer" as const, id: req.portal.customer_id }
    const { id, created, charge } = await resubscribe(
      req.scope,
      { scope, id: pathId(req), expected_status, actor },
      input
    )
    const return_url = `${req.portal.tenant.portal_url}/subscriptions/${id}`
    res.status(created ? 201 : 200).json({
      subscription: await retrieveCustomerSubscription(req.scope, scope, id),
      payment:
        charge && (await chargeResult(req.scope, charge, { return_url })),
    } satisfies SubscriptionActionResponse<Date>)
  }
)

/** The same for staff, for any customer. */
export const staffResubscribe = withPortalErrors(
  async (
    req: AuthenticatedMedusaRequest<ResubscribeBody>,
    res: MedusaResponse
  ) => {
    const { expected_status, ...input } = req.validatedBody
    const actor = { type: "admin" as const, id: req.auth_context.actor_id }
    const { id, created, charge } = await resubscribe(
      req.scope,
      { scope: EVERYONE, id: pathId(req), expected_status, actor },
      input
    )
    res.status(created ? 201 : 200).json({
      subscription: await retrieveSubscription(req.scope, id),
      payment: charge && (await chargeResult(req.scope, charge)),
    } satisfies AdminSubscriptionActionResponse<Date>)
  }
)
