import type { FetchError } from "@medusajs/js-sdk"
import { customersQueryKeys, ordersQueryKeys } from "@medusajs/dashboard/hooks"
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import type { SubscriptionStatus } from "../../../types/subscription"
import type {
  AdminCycleListResponse,
  AdminSubscriptionListResponse,
  AdminSubscriptionResponse,
  AdminTimelineResponse,
  NextChargeResponse,
} from "../../../types/subscription-http"
import type { RenewResponse } from "../../../types/subscription-staff-http"
import { subscriptionKeys } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

const PATH = "/admin/subscriptions"

export type SubscriptionQuery = {
  limit?: number
  offset?: number
  order?: string
  q?: string
  status?: SubscriptionStatus[]
  plan_id?: string[]
  customer_id?: string
  product_id?: string
  next_charge_from?: string
  next_charge_to?: string
}

export const fetchSubscription = (id: string) =>
  sdk.client.fetch<AdminSubscriptionResponse>(`${PATH}/${id}`)

export function useSubscriptions(query: SubscriptionQuery, enabled = true) {
  return useQuery<AdminSubscriptionListResponse, FetchError>({
    queryKey: subscriptionKeys.list(query),
    queryFn: () => sdk.client.fetch(PATH, { query }),
    placeholderData: keepPreviousData,
    enabled,
  })
}

export function useSubscription(
  id: string,
  options: { initialData?: AdminSubscriptionResponse; enabled?: boolean } = {}
) {
  return useQuery<AdminSubscriptionResponse, FetchError>({
    queryKey: subscriptionKeys.detail(id),
    queryFn: () => fetchSubscription(id),
    ...options,
  })
}

export function useNextCharge(id: string) {
  return useQuery<NextChargeResponse, FetchError>({
    queryKey: subscriptionKeys.detail(id, "next-charge"),
    queryFn: () => sdk.client.fetch(`${PATH}/${id}/next-charge`),
    staleTime: 0,
  })
}

export function useCycles(id: string, limit: number) {
  return useQuery<AdminCycleListResponse, FetchError>({
    queryKey: subscriptionKeys.detail(id, "cycles", { limit }),
    queryFn: () =>
      sdk.client.fetch(`${PATH}/${id}/cycles`, { query: { limit } }),
    placeholderData: keepPreviousData,
  })
}

export function useTimeline(id: string, limit: number) {
  return useQuery<AdminTimelineResponse, FetchError>({
    queryKey: subscriptionKeys.detail(id, "timeline", { limit }),
    queryFn: () =>
      sdk.client.fetch(`${PATH}/${id}/timeline`, { query: { limit } }),
    placeholderData: keepPreviousData,
  })
}

/** Charges the open period now. A decline is an outcome, not an error. */
export function useRenewSubscription(id: string) {
  const client = useQueryClient()
  return useMutation<RenewResponse, FetchError, SubscriptionStatus>({
    mutationFn: (expected_status) =>
      sdk.client.fetch(`${PATH}/${id}/renew`, {
        method: "POST",
        body: { expected_status },
      }),
    // After an error too: what was shown is out of date then.
    onSettled: () =>
      Promise.all(
        [subscriptionKeys.all, ordersQueryKeys.all, customersQueryKeys.all].map(
          (queryKey) => client.invalidateQueries({ queryKey })
        )
      ),
  })
}
