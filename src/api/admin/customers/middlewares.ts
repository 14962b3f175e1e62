import type { MiddlewareRoute } from "@medusajs/framework/http"
import { validatedGet } from "../../_lib/validated-get"
import { adminNoQuery } from "../subscriptions/validators"

export const adminCustomerMiddlewares: MiddlewareRoute[] = [
  validatedGet("/admin/customers/:id/entitlements", adminNoQuery),
]
