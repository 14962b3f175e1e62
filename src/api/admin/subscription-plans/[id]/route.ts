import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../errors/error-handler"
import type {
  AdminSubscriptionPlanDeleteResponse,
  AdminSubscriptionPlanResponse,
} from "../../../../types/plans"
import { deletePlanWorkflow } from "../../../../workflows/plans/delete-plan"
import { updatePlanWorkflow } from "../../../../workflows/plans/update-plan"
import { pathId } from "../../../_lib/path-id"
import { loadPlan } from "../load-plan"
import type { UpdatePlanBody } from "../validators"

/** `GET /admin/subscription-plans/:id` */
export const GET = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    const subscription_plan = await loadPlan(req.scope, pathId(req))
    res.json({ subscription_plan } satisfies AdminSubscriptionPlanResponse)
  }
)

/** `POST /admin/subscription-plans/:id`: what is left out stays. */
export const POST = withPortalErrors(
  async (req: MedusaRequest<UpdatePlanBody>, res: MedusaResponse) => {
    const id = pathId(req)
    await updatePlanWorkflow(req.scope).run({
      input: { ...req.validatedBody, id },
    })
    const subscription_plan = await loadPlan(req.scope, id)
    res.json({ subscription_plan } satisfies AdminSubscriptionPlanResponse)
  }
)

/** `DELETE /admin/subscription-plans/:id`: 409 `plan_in_use` where it is. */
export const DELETE = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    const id = pathId(req)
    await deletePlanWorkflow(req.scope).run({ input: { id } })
    res.json({
      id,
      object: "subscription_plan",
      deleted: true,
    } satisfies AdminSubscriptionPlanDeleteResponse)
  }
)
