import { customersQueryKeys, ordersQueryKeys } from "@medusajs/dashboard/hooks"
import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query"
import type { SubscriptionStatus } from "../../../types/subscription"
import type { AdminSubscriptionActionResponse } from "../../../types/subscription-actions-http"
import type { AdminSubscriptionResponse } from "../../../types/subscription-http"
import type {
  ActionPreviewResponse,
  BulkResponse,
} from "../../../types/subscription-staff-http"
import { previewKeys, subscriptionKeys } from "../../lib/query-keys"
import { post, type ApiError } from "../../lib/sdk"
import type { StaffAction } from "../../lib/subscription-actions"

const path = (id: string, action: string) =>
  `/admin/subscriptions/${id}/${action}`

type Request = {
  action: StaffAction
  body: Record<string, unknown>
  /** What the page shows: where it is another by now, nothing happens. */
  expected_status: SubscriptionStatus | undefined
}

/** What an action would do. Without a body it is not asked for. */
export function useActionPreview(
  id: string,
  {
    action,
    body,
    expected_status,
  }: Omit<Request, "body"> & { body: Request["body"] | null }
) {
  const input = { action, expected_status, ...body }
  return useQuery<ActionPreviewResponse, ApiError>({
    queryKey: previewKeys.detail(id, action, input),
    queryFn: () => post(path(id, "preview"), input),
    placeholderData: keepPreviousData,
    enabled: body !== null && expected_status !== undefined,
    staleTime: 0,
    gcTime: 0,
    // A refusal stays one.
    retry: false,
  })
}

/** Does the same with several. What is refused is in the answer. */
export function useBulkAction() {
  return useChange<BulkResponse, { action: string; ids: string[] }>((body) =>
    post("/admin/subscriptions/bulk", body)
  )
}

/** Makes one without an order. */
export function useCreateSubscription() {
  return useChange<AdminSubscriptionResponse, object>((body) =>
    post("/admin/subscriptions", body)
  )
}

/** Does what staff ask for. A declined charge is an outcome, not an error. */
export function useSubscriptionAction(id: string) {
  return useChange<AdminSubscriptionActionResponse, Request>(
    ({ action, body, expected_status }) =>
      post(path(id, action), { ...body, expected_status })
  )
}

function useChange<Result, Input>(
  mutationFn: (input: Input) => Promise<Result>
) {
  const client = useQueryClient()
  return useMutation<Result, ApiError, Input>({
    mutationFn,
    // After an error too: what was shown is out of date then.
    onSettled: () =>
      Promise.all(
        [subscriptionKeys.all, ordersQueryKeys.all, customersQueryKeys.all].map(
          (queryKey) => client.invalidateQueries({ queryKey })
        )
      ),
  })
}
