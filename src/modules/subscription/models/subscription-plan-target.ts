import { model } from "@medusajs/framework/utils"
import PortalSubscriptionPlan from "./subscription-plan"

/** A product, or one variant of it, that a plan is offered for. */
const PortalSubscriptionPlanTarget = model.define(
  "portal_subscription_plan_target",
  {
    id: model.id({ prefix: "plant" }).primaryKey(),
    product_id: model.text(),
    /** Null: every variant of the product. */
    variant_id: model.text().nullable(),
    plan: model.belongsTo(() => PortalSubscriptionPlan, {
      mappedBy: "targets",
    }),
  }
)

export default PortalSubscriptionPlanTarget
