import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import { StripeLoopbackService } from "./service"

export default ModuleProvider(Modules.PAYMENT, {
  services: [StripeLoopbackService],
})
