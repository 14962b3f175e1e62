import type { FetchError } from "@medusajs/js-sdk"
import { useMutation, useQueryClient } from "@tanstack/react-query"
import type { AdminSubscriptionActionResponse } from "../../../types/subscription-actions-http"
import { subscriptionKeys } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

/** Takes a line back that was added to the next order. */
export function useRemoveOneOff(id: string) {
  const client = useQueryClient()
  return useMutation<AdminSubscriptionActionResponse, FetchError, string>({
    mutationFn: (lineId) =>
      sdk.client.fetch(`/admin/subscriptions/${id}/add-once/${lineId}`, {
        method: "DELETE",
      }),
    onSettled: () =>
      client.invalidateQueries({ queryKey: subscriptionKeys.all }),
  })
}
