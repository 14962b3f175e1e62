import { Module } from "@medusajs/framework/utils"
import SubscriptionModuleService from "./service"

/** Key of the module in Medusa's container. */
export const SUBSCRIPTION_MODULE = "portal_subscription"

export default Module(SUBSCRIPTION_MODULE, {
  service: SubscriptionModuleService,
})
