import type {
  MedusaRequest,
  MedusaStoreRequest,
} from "@medusajs/framework/http"
import { portalError } from "../../errors/portal-error"
import { tenantOfChannels } from "../../workflows/tenants/tenants"
import type { Tenant } from "../../types/tenant"

/**
 * The tenant that the publishable key belongs to. No header and no field of the
 * request chooses one.
 *
 * @throws `ambiguous_tenant` (400) where the key belongs to several;
 * `tenant_unknown` (401) where it belongs to none
 */
export function tenantOfRequest(req: MedusaRequest): Tenant {
  const { publishable_key_context: context } = req as MedusaStoreRequest
  const tenant = tenantOfChannels(req.scope, context?.sales_channel_ids ?? [])
  if (tenant === "several") {
    throw portalError("ambiguous_tenant")
  }
  if (tenant === "none") {
    throw portalError("tenant_unknown")
  }
  return tenant
}
