import type { FetchError } from "@medusajs/js-sdk"
import { useQuery } from "@tanstack/react-query"
import type { UsageResponse } from "../../../types/meters"
import { subscriptionKeys } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

/** What was used and is not charged yet. */
export function useUsage(id: string) {
  return useQuery<UsageResponse, FetchError>({
    queryKey: subscriptionKeys.detail(id, "usage"),
    queryFn: () => sdk.client.fetch(`/admin/subscriptions/${id}/usage`),
  })
}
