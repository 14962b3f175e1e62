import type { MedusaContainer } from "@medusajs/framework/types"
import {
  customerCycle,
  customerTimelineEntry,
} from "../../modules/subscription/domain/customer-history"
import type {
  AdminCycleView,
  AdminTimelineEntryView,
  CycleView,
  TimelineEntryView,
} from "../../types/subscription-history-http"
import type { Page } from "../../types/subscription-http"
import { EVERYONE, found, subscriptionsOf, type CustomerScope } from "./reader"

type PageInput = { limit: number; offset: number }

/**
 * A page of a subscription's cycles with their attempts.
 *
 * @throws `not_found`
 */
export async function listAllCycles(
  container: MedusaContainer,
  subscription_id: string,
  page: PageInput
): Promise<Page & { cycles: AdminCycleView<Date>[] }> {
  const input = { scope: EVERYONE, subscription_id, ...page }
  return {
    ...found(await subscriptionsOf(container).readCycles(input)),
    ...page,
  }
}

/**
 * A page of the cycles of a customer's subscription.
 *
 * @throws `not_found`
 */
export async function listCustomerCycles(
  container: MedusaContainer,
  scope: CustomerScope,
  subscription_id: string,
  page: PageInput
): Promise<Page & { cycles: CycleView<Date>[] }> {
  const { cycles, count } = found(
    await subscriptionsOf(container).readCycles({
      scope,
      subscription_id,
      ...page,
    })
  )
  return { cycles: cycles.map(customerCycle), count, ...page }
}

/**
 * A page of a subscription's timeline.
 *
 * @throws `not_found`
 */
export async function listWholeTimeline(
  container: MedusaContainer,
  subscription_id: string,
  page: PageInput
): Promise<Page & { timeline: AdminTimelineEntryView<Date>[] }> {
  const input = { scope: EVERYONE, subscription_id, ...page }
  return {
    ...found(await subscriptionsOf(container).readTimeline(input)),
    ...page,
  }
}

/**
 * A page of the timeline of a customer's subscription.
 *
 * @throws `not_found`
 */
export async function listCustomerTimeline(
  container: MedusaContainer,
  scope: CustomerScope,
  subscription_id: string,
  page: PageInput
): Promise<Page & { timeline: TimelineEntryView<Date>[] }> {
  const { timeline, count } = found(
    await subscriptionsOf(container).readTimeline({
      scope,
      subscription_id,
      ...page,
    })
  )
  return { timeline: timeline.map(customerTimelineEntry), count, ...page }
}
