import { MedusaService } from "@medusajs/framework/utils"
import PortalCartItem from "./models/cart-item"
import PortalCartPaymentSetup from "./models/cart-payment-setup"
import PortalChargeAttempt from "./models/charge-attempt"
import PortalSubscription from "./models/subscription"
import PortalSubscriptionCycle from "./models/subscription-cycle"
import PortalSubscriptionEvent from "./models/subscription-event"
import PortalSubscriptionItem from "./models/subscription-item"
import PortalSubscriptionPlan from "./models/subscription-plan"
import PortalSubscriptionPlanTarget from "./models/subscription-plan-target"

/**
 * Owns plans, subscriptions, their billing cycles, charge attempts and timeline.
 * Knows no product, price, order or payment but by id.
 */
export default class SubscriptionModuleService extends MedusaService({
  PortalSubscriptionPlan,
  PortalSubscriptionPlanTarget,
  PortalSubscription,
  PortalSubscriptionItem,
  PortalSubscriptionCycle,
  PortalChargeAttempt,
  PortalSubscriptionEvent,
  PortalCartItem,
  PortalCartPaymentSetup,
}) {}
