import type {
  AuthenticatedMedusaRequest,
  MedusaRequest,
  MedusaResponse,
} from "@medusajs/framework/http"
import { withPortalErrors } from "../../../errors/error-handler"
import { listAllSubscriptions } from "../../../workflows/subscription-reads/list-subscriptions"
import { retrieveSubscription } from "../../../workflows/subscription-reads/retrieve-subscription"
import { createSubscription } from "../../../workflows/subscriptions/create-subscription"
import { resolveChosenPayment } from "../../../workflows/subscriptions/resolve-chosen-payment"
import type {
  AdminListSubscriptionsQuery,
  CreateSubscriptionBody,
} from "./validators"

/** `GET /admin/subscriptions` */
export const GET = withPortalErrors(
  async (
    req: MedusaRequest<unknown, AdminListSubscriptionsQuery>,
    res: MedusaResponse
  ) => {
    const { limit, offset, order, ...filters } = req.validatedQuery
    res.json(
      await listAllSubscriptions(req.scope, {
        filters,
        page: { limit, offset, order },
      })
    )
  }
)

/**
 * `POST /admin/subscriptions`: one that staff enter for a customer. 201, or 200
 * where the key had made it before.
 */
export const POST = withPortalErrors(
  async (
    req: AuthenticatedMedusaRequest<CreateSubscriptionBody>,
    res: MedusaResponse
  ) => {
    const { payment_method, ...input } = req.validatedBody
    const { id, created } = await createSubscription(req.scope, {
      ...input,
      payment: await resolveChosenPayment(
        req.scope,
        input.customer_id,
        payment_method
      ),
      actor: { type: "admin", id: req.auth_context.actor_id },
    })
    res.status(created ? 201 : 200).json({
      subscription: await retrieveSubscription(req.scope, id),
    })
  }
)
