import type { MiddlewareRoute } from "@medusajs/framework/http"
import { noteTenant } from "./note-tenant"

export const storeCustomerMiddlewares: MiddlewareRoute[] = [
  { matcher: "/store/customers", methods: ["POST"], middlewares: [noteTenant] },
]
