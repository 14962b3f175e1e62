import type { FetchError } from "@medusajs/js-sdk"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type {
  AdminPortalMetricsResponse,
  AdminPortalSettingsResponse,
} from "../../../types/portal-admin-http"
import { portalMetricsKeys, portalSettingsKeys } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000

/** Options change with a deployment only. */
export function usePortalSettings() {
  return useQuery<AdminPortalSettingsResponse, FetchError>({
    queryKey: portalSettingsKeys.all,
    queryFn: () => sdk.client.fetch("/admin/portal/settings"),
    staleTime: Infinity,
  })
}

/** How the portal did in the last days, up to the end of this hour. */
export function usePortalMetrics(days: number, tenantId?: string) {
  const to = Math.ceil(Date.now() / HOUR_MS) * HOUR_MS
  const query = {
    from: new Date(to - days * DAY_MS).toISOString(),
    to: new Date(to).toISOString(),
    ...(tenantId && { tenant_id: tenantId }),
  }
  return useQuery<AdminPortalMetricsResponse, FetchError>({
    queryKey: portalMetricsKeys.list(query),
    queryFn: () => sdk.client.fetch("/admin/portal/metrics", { query }),
    placeholderData: keepPreviousData,
  })
}
