import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { Branding } from "../../types/tenant"
import { shopName } from "../mails/shop-name"
import { findTenant, tenantOfChannels } from "./tenants"

/** What the portal's own pages need to talk to the store. */
export type PortalConfig = {
  tenant_id: string
  publishable_key: string
  branding: Branding
  locale: string
}

type ApiKey = {
  token: string
  revoked_at: Date | string | null
  sales_channels_link?: { sales_channel_id: string }[]
}

const MOST_KEYS = 200

/**
 * The looks of a tenant and a publishable key that stands for it.
 *
 * @returns null where there is no such tenant, it is off, or it has no key
 */
export async function findPortalConfig(
  container: MedusaContainer,
  tenantId: string | null
): Promise<PortalConfig | null> {
  const tenant = findTenant(container, tenantId)
  if (!tenant?.enabled) {
    return null
  }
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "api_key",
      fields: ["token", "revoked_at", "sales_channels_link.sales_channel_id"],
      filters: { type: "publishable" },
      pagination: { take: MOST_KEYS, order: { created_at: "ASC" } },
    })
  const key = (data as ApiKey[]).find(
    ({ revoked_at, sales_channels_link }) =>
      (revoked_at === null || new Date(revoked_at) > new Date()) &&
      tenantOfChannels(
        container,
        (sales_channels_link ?? []).map((link) => link.sales_channel_id)
      ) === tenant
  )
  return key
    ? {
        tenant_id: tenant.id,
        publishable_key: key.token,
        branding: await shopName(container, tenant.branding),
        locale: tenant.locale,
      }
    : null
}
