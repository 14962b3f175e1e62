import type { Branding, Tenant } from "../../types/tenant"
import type { PortalOptions } from "./options"
import type { BrandingOptions } from "./options/tenants"

/** The tenant of a store that has no option `tenants`. */
export const DEFAULT_TENANT_ID = "default"

/** The tenants of the options, or the one that stands for the whole store. */
export function tenantsOf(options: PortalOptions): Tenant[] {
  const shared = {
    portal_url: options.portalUrl,
    return_origins: options.returnOrigins,
  }
  if (!options.tenants.length) {
    return [
      {
        id: DEFAULT_TENANT_ID,
        enabled: true,
        sales_channel_ids: null,
        payment_provider_ids: null,
        ...shared,
        return_paths: null,
        branding: brandingOf(options.branding),
        locale: "en",
      },
    ]
  }
  return options.tenants.map((tenant) => ({
    id: tenant.id,
    enabled: tenant.enabled,
    sales_channel_ids: tenant.salesChannelIds,
    payment_provider_ids: tenant.paymentProviderIds ?? null,
    portal_url: tenant.portalUrl ?? shared.portal_url,
    return_origins: tenant.returnOrigins ?? shared.return_origins,
    return_paths: tenant.returnPaths ?? null,
    branding: brandingOf({ ...options.branding, ...tenant.branding }),
    locale: tenant.locale ?? "en",
  }))
}

function brandingOf(branding: BrandingOptions): Branding {
  return {
    name: branding.name ?? "",
    logo_url: branding.logoUrl ?? null,
    primary_color: branding.primaryColor ?? "#111827",
    background_color: branding.backgroundColor ?? "#f3f4f6",
    text_color: branding.textColor ?? "#111827",
    footer: branding.footer ?? null,
    support_email: branding.supportEmail ?? null,
  }
}

/** Why no tenant stands for a request. */
export type TenantProblem = "none" | "several"

/**
 * The one tenant that covers all sales channels of a publishable key. A key of
 * none, of several, or of a channel that is nobody's stands for none: a request
 * must not choose.
 */
export function tenantOfChannels(
  tenants: readonly Tenant[],
  channelIds: readonly string[]
): Tenant | TenantProblem {
  const owners = new Set(
    channelIds.map((channelId) =>
      tenants.find(
        ({ sales_channel_ids }) =>
          sales_channel_ids === null || sales_channel_ids.includes(channelId)
      )
    )
  )
  const everything = tenants.find((tenant) => tenant.sales_channel_ids === null)
  if (!channelIds.length) {
    return everything ?? "none"
  }
  if (owners.size > 1) {
    return "several"
  }
  const [owner] = owners
  return owner ?? "none"
}
