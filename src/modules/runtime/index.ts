import { Module } from "@medusajs/framework/utils"
import RuntimeModuleService from "./service"

/** Key of the module in Medusa's container. */
export const RUNTIME_MODULE = "portal_runtime"

export default Module(RUNTIME_MODULE, { service: RuntimeModuleService })
