import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { withPortalErrors } from "../../../../../errors/error-handler"
import type { AdminSubscriptionPlanResponse } from "../../../../../types/plans"
import { setPlanStatusWorkflow } from "../../../../../workflows/plans/set-plan-status"
import { pathId } from "../../../../_lib/path-id"
import { loadPlan } from "../../load-plan"

/** `POST /admin/subscription-plans/:id/archive`; again: the same answer. */
export const POST = withPortalErrors(
  async (req: MedusaRequest, res: MedusaResponse) => {
    const id = pathId(req)
    await setPlanStatusWorkflow(req.scope).run({
      input: { id, status: "archived" },
    })
    const subscription_plan = await loadPlan(req.scope, id)
    res.json({ subscription_plan } satisfies AdminSubscriptionPlanResponse)
  }
)
