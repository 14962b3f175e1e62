import { Module } from "@medusajs/framework/utils"
import PaymentMethodModuleService from "./service"

/** Key of the module in Medusa's container. */
export const PAYMENT_METHOD_MODULE = "portal_payment_method"

export default Module(PAYMENT_METHOD_MODULE, {
  service: PaymentMethodModuleService,
})
