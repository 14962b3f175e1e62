import type {
  MedusaNextFunction,
  MedusaRequest,
  MedusaResponse,
  MedusaStoreRequest,
} from "@medusajs/framework/http"
import { portalSessions } from "../../../workflows/portal-sessions/services"
import { tenantOfChannels } from "../../../workflows/tenants/tenants"
import { beforeAnswer } from "../../_lib/auth-hardening/answer"

/**
 * Who registers with a tenant's publishable key is that tenant's customer from
 * then on, before any order. Noted before the answer goes out, so that the next
 * request of the storefront finds it.
 */
export function noteTenant(
  req: MedusaRequest,
  res: MedusaResponse,
  next: MedusaNextFunction
): void {
  const { publishable_key_context: context } = req as MedusaStoreRequest
  const tenant = tenantOfChannels(req.scope, context?.sales_channel_ids ?? [])
  if (typeof tenant !== "string" && tenant.sales_channel_ids !== null) {
    beforeAnswer(req, res, async ({ status, body }) => {
      const customer_id = (body.customer as { id?: unknown } | undefined)?.id
      if (status === 200 && typeof customer_id === "string") {
        await portalSessions(req.scope).addTenantCustomer({
          tenant_id: tenant.id,
          customer_id,
        })
      }
    })
  }
  next()
}
