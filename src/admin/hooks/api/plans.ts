import type { FetchError } from "@medusajs/js-sdk"
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import type {
  AdminSubscriptionPlanDeleteResponse,
  AdminSubscriptionPlanListResponse,
  AdminSubscriptionPlanResponse,
} from "../../../types/plans"
import type { PlanStatus } from "../../../types/subscription"
import { planKeys, subscriptionKeys } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

const PATH = "/admin/subscription-plans"

export type PlanQuery = {
  limit?: number
  offset?: number
  order?: string
  q?: string
  status?: PlanStatus[]
  product_id?: string
}

export function usePlans(query: PlanQuery) {
  return useQuery<AdminSubscriptionPlanListResponse, FetchError>({
    queryKey: planKeys.list(query),
    queryFn: () => sdk.client.fetch(PATH, { query }),
    placeholderData: keepPreviousData,
  })
}

export function usePlan(id: string) {
  return useQuery<AdminSubscriptionPlanResponse, FetchError>({
    queryKey: planKeys.detail(id),
    queryFn: () => sdk.client.fetch(`${PATH}/${id}`),
    // An edit starts from what the plan is now.
    staleTime: 0,
    gcTime: 0,
  })
}

/** Creates a plan, or with an id changes it. */
export function useSavePlan(id?: string) {
  return usePlanMutation<AdminSubscriptionPlanResponse, object>((body) =>
    sdk.client.fetch(id ? `${PATH}/${id}` : PATH, { method: "POST", body })
  )
}

export function useSetPlanStatus(id: string) {
  return usePlanMutation<AdminSubscriptionPlanResponse, "archive" | "activate">(
    (verb) => sdk.client.fetch(`${PATH}/${id}/${verb}`, { method: "POST" })
  )
}

export function useDeletePlan(id: string) {
  return usePlanMutation<AdminSubscriptionPlanDeleteResponse, void>(() =>
    sdk.client.fetch(`${PATH}/${id}`, { method: "DELETE" })
  )
}

function usePlanMutation<Result, Input>(
  mutationFn: (input: Input) => Promise<Result>
) {
  const client = useQueryClient()
  return useMutation<Result, FetchError, Input>({
    mutationFn,
    // Subscriptions name their plan.
    onSuccess: () =>
      Promise.all(
        [planKeys.all, subscriptionKeys.all].map((queryKey) =>
          client.invalidateQueries({ queryKey })
        )
      ),
  })
}
