import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { PortalOptions } from "../../modules/runtime/options"
import type {
  AdminPortalLimit,
  AdminPortalSettings,
} from "../../types/portal-admin-http"
import { shopName } from "../mails/shop-name"
import { listTenants } from "../tenants/tenants"
import { portalOptions } from "./services"

/**
 * What the plugin's options come to, for a page that shows them. Each value is
 * named here: an option that is a secret cannot slip in.
 */
export async function portalSettings(
  container: MedusaContainer
): Promise<AdminPortalSettings> {
  const options = portalOptions(container)
  const { sessions, security, mails } = options
  return {
    timezone: options.timezone,
    lifetimes: {
      link_seconds: sessions.linkSeconds,
      session_seconds: sessions.absoluteSeconds,
      idle_seconds: sessions.idleSeconds,
      recover_seconds: sessions.recoverSeconds,
      max_pending_links: sessions.maxPendingLinks,
      retention_days: sessions.retentionDays,
    },
    link_style: sessions.linkStyle,
    limits: limitsOf(options),
    hardenings: hardeningsOf(security),
    password: {
      min_length: security.password.minLength,
      max_length: security.password.maxLength,
      refuse_common: security.password.refuseCommon,
    },
    mails: {
      provider: await mailProvider(container),
      from: mails.from ?? null,
      disabled: Object.entries(mails.enabled)
        .filter(([, isEnabled]) => !isEnabled)
        .map(([template]) => template),
    },
    tenants: await Promise.all(
      listTenants(container).map(async (tenant) => ({
        id: tenant.id,
        enabled: tenant.enabled,
        portal_url: tenant.portal_url,
        return_origins: tenant.return_origins,
        sales_channel_ids: tenant.sales_channel_ids,
        locale: tenant.locale,
        // As the mails name it.
        branding: await shopName(container, tenant.branding),
      }))
    ),
  }
}

/** The limits of requests, and those of failed tries beside the hardenings. */
function limitsOf({ limits, security }: PortalOptions): AdminPortalLimit[] {
  return Object.entries({ ...limits, ...security }).flatMap(([name, value]) =>
    typeof value === "object" && "max" in value
      ? [{ name, max: value.max, seconds: value.seconds }]
      : []
  )
}

/** What is on or off; the shortest time of a sign-in is on above zero. */
function hardeningsOf(
  security: PortalOptions["security"]
): AdminPortalSettings["hardenings"] {
  return Object.entries(security).flatMap(([name, value]) => {
    if (typeof value === "boolean") {
      return [{ name, enabled: value }]
    }
    return name === "loginMinMs" ? [{ name, enabled: value !== 0 }] : []
  })
}

/** The part of Medusa's notification module that it does not publish. */
type NotificationInternals = {
  notificationProviderService_?: {
    getProviderForChannels?: (
      channel: string
    ) => Promise<{ id: string; name: string } | undefined>
  }
}

/** Who sends mails. The module has no public way to ask. */
async function mailProvider(
  container: MedusaContainer
): Promise<AdminPortalSettings["mails"]["provider"]> {
  const notifications = container.resolve<NotificationInternals>(
    Modules.NOTIFICATION
  )
  const provider =
    await notifications.notificationProviderService_?.getProviderForChannels?.(
      "email"
    )
  return provider ? { id: provider.id, name: provider.name } : null
}
