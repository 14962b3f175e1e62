import type { MedusaContainer } from "@medusajs/framework/types"
import { PORTAL_SESSION_MODULE } from "../../modules/portal-session"
import type PortalSessionModuleService from "../../modules/portal-session/service"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type { PortalOptions } from "../../modules/runtime/options"
import type RuntimeModuleService from "../../modules/runtime/service"

/** The module of portal sessions. */
export function portalSessions(
  container: MedusaContainer
): PortalSessionModuleService {
  return container.resolve<PortalSessionModuleService>(PORTAL_SESSION_MODULE)
}

/** The plugin's options, with defaults. */
export function portalOptions(container: MedusaContainer): PortalOptions {
  return container.resolve<RuntimeModuleService>(RUNTIME_MODULE).options
}
