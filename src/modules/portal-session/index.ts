import { Module } from "@medusajs/framework/utils"
import PortalSessionModuleService from "./service"

/** Key of the module in Medusa's container. */
export const PORTAL_SESSION_MODULE = "portal_session"

export default Module(PORTAL_SESSION_MODULE, {
  service: PortalSessionModuleService,
})
