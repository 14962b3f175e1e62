import { customersQueryKeys, ordersQueryKeys } from "@medusajs/dashboard/hooks"
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import type {
  AdminChangeResponse,
  ChangePreviewResponse,
} from "../../../types/subscription-change-http"
import { previewKeys, subscriptionKeys } from "../../lib/query-keys"
import { post, type ApiError } from "../../lib/sdk"

const path = (id: string) => `/admin/subscriptions/${id}/change`

/** What a change would cost. Without a body it is not asked for. */
export function useChangePreview(id: string, body: object | null) {
  return useQuery<ChangePreviewResponse, ApiError>({
    queryKey: previewKeys.detail(id, "change", body ?? {}),
    queryFn: () => post(`${path(id)}/preview`, body ?? {}),
    placeholderData: keepPreviousData,
    enabled: body !== null,
    staleTime: 0,
    gcTime: 0,
    // A refusal stays one.
    retry: false,
  })
}

/** Makes a change. A declined charge is an outcome, not an error. */
export function useChangeSubscription(id: string) {
  const client = useQueryClient()
  return useMutation<AdminChangeResponse, ApiError, object>({
    mutationFn: (body) => post(path(id), body),
    // After an error too: what was shown is out of date then.
    onSettled: () =>
      Promise.all(
        [subscriptionKeys.all, ordersQueryKeys.all, customersQueryKeys.all].map(
          (queryKey) => client.invalidateQueries({ queryKey })
        )
      ),
  })
}
