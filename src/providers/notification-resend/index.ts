import { ModuleProvider, Modules } from "@medusajs/framework/utils"
import { ResendNotificationService } from "./service"

export type { ResendOptions } from "./options"

export default ModuleProvider(Modules.NOTIFICATION, {
  services: [ResendNotificationService],
})
