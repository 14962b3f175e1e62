import type { FetchError } from "@medusajs/js-sdk"
import { useQuery } from "@tanstack/react-query"
import type {
  AdminCustomerGroupListResponse,
  AdminCustomerResponse,
} from "@medusajs/framework/types"
import type { EntitlementListResponse } from "../../../types/memberships-http"
import type { AdminSubscriptionPlanResponse } from "../../../types/plans"
import type { PlanEntitlement } from "../../../types/subscription"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { subscriptionKeys } from "../../lib/query-keys"
import { sdk } from "../../lib/sdk"

/** What a subscription gives besides deliveries, and whether it does now. */
export type SubscriptionMembership = {
  /** Null: the plan has none, or it is gone. */
  group: { id: string; name: string; isMember: boolean } | null
  entitlements: (PlanEntitlement & {
    isOpen: boolean
    expires_at: string | null
  })[]
}

export function useMembership(subscription: AdminSubscriptionDetail) {
  return useQuery<SubscriptionMembership, FetchError>({
    // Below the subscription's, so that an action on it reads this again.
    queryKey: subscriptionKeys.detail(subscription.id, "membership"),
    queryFn: () => fetchMembership(subscription),
  })
}

async function fetchMembership({
  id,
  plan_id,
  customer_id,
}: AdminSubscriptionDetail): Promise<SubscriptionMembership> {
  const { subscription_plan: plan } =
    await sdk.client.fetch<AdminSubscriptionPlanResponse>(
      `/admin/subscription-plans/${plan_id}`
    )
  const { customer_group_id: group, entitlements } = plan
  const [found, customer, open] = await Promise.all([
    group &&
      sdk.client.fetch<AdminCustomerGroupListResponse>(
        "/admin/customer-groups",
        { query: { id: group, fields: "id,name" } }
      ),
    group &&
      sdk.client.fetch<AdminCustomerResponse>(
        `/admin/customers/${customer_id}`,
        { query: { fields: "id,groups.id" } }
      ),
    entitlements?.length
      ? sdk.client.fetch<EntitlementListResponse>(
          `/admin/customers/${customer_id}/entitlements`
        )
      : undefined,
  ])
  const [known] = (found && found.customer_groups) || []
  const isMember = Boolean(
    customer && customer.customer.groups?.some((one) => one.id === group)
  )
  return {
    group: known
      ? { id: known.id, name: known.name ?? known.id, isMember }
      : null,
    entitlements: (entitlements ?? []).map((one) => {
      const given = open?.entitlements.find(
        ({ key, subscription_id }) => key === one.key && subscription_id === id
      )
      return {
        ...one,
        isOpen: given !== undefined,
        expires_at: given?.expires_at ?? null,
      }
    }),
  }
}
