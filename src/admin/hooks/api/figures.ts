import type { FetchError } from "@medusajs/js-sdk"
import { keepPreviousData, useQuery } from "@tanstack/react-query"
import type { SubscriptionMetricsResponse } from "../../../types/subscription-metrics-http"
import { subscriptionKeys } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

/** How subscriptions did in the shop's last days, in one currency. */
export function useFigures(days: number, currency_code?: string) {
  const query = { days, ...(currency_code && { currency_code }) }
  return useQuery<SubscriptionMetricsResponse, FetchError>({
    queryKey: [...subscriptionKeys.all, "metrics", query],
    queryFn: () => sdk.client.fetch("/admin/subscriptions/metrics", { query }),
    placeholderData: keepPreviousData,
  })
}
