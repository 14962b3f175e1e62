import type { MedusaContainer } from "@medusajs/framework/types"
import type {
  SubscriptionFilters,
  SubscriptionPage,
} from "../../modules/subscription/queries/list-subscriptions"
import {
  adminView,
  customerView,
} from "../../modules/subscription/queries/subscription-row"
import type {
  AdminSubscriptionView,
  Page,
  SubscriptionView,
} from "../../types/subscription-http"
import { EVERYONE, subscriptionsOf, type CustomerScope } from "./reader"

type Input = { filters: SubscriptionFilters; page: SubscriptionPage }

/** A page of a customer's subscriptions. */
export async function listCustomerSubscriptions(
  container: MedusaContainer,
  scope: CustomerScope,
  { filters, page }: Input
): Promise<Page & { subscriptions: SubscriptionView<Date>[] }> {
  const { subscriptions, count } = await subscriptionsOf(
    container
  ).readSubscriptions({ scope, filters, page })
  return {
    subscriptions: subscriptions.map(({ row, items }) =>
      customerView(row, items)
    ),
    count,
    limit: page.limit,
    offset: page.offset,
  }
}

/** A page of all subscriptions. */
export async function listAllSubscriptions(
  container: MedusaContainer,
  { filters, page }: Input
): Promise<Page & { subscriptions: AdminSubscriptionView<Date>[] }> {
  const { subscriptions, count } = await subscriptionsOf(
    container
  ).readSubscriptions({ scope: EVERYONE, filters, page })
  return {
    subscriptions: subscriptions.map(({ row, items }) => adminView(row, items)),
    count,
    limit: page.limit,
    offset: page.offset,
  }
}
