import { portalError } from "../../errors/portal-error"
import { isAllowedReturnUrl } from "../../modules/portal-session/domain/return-url"
import type { Tenant } from "../../types/tenant"

/**
 * Refuses an address that the tenant does not list.
 *
 * @throws `return_url_invalid` (400)
 */
export function requireReturnUrl(
  tenant: Tenant,
  url: string | null | undefined
): void {
  const { return_origins: origins, return_paths: paths } = tenant
  if (url && !isAllowedReturnUrl(url, origins, paths)) {
    throw portalError("return_url_invalid")
  }
}
