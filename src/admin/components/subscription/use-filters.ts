import { createDataTableFilterHelper } from "@medusajs/ui"
import {
  SUBSCRIPTION_STATUSES,
  type SubscriptionStatus,
} from "../../../types/subscription"
import type { AdminSubscriptionView } from "../../../types/subscription-http"
import { usePlans } from "../../hooks/api/plans"
import { useTexts } from "../../hooks/use-texts"

const filter = createDataTableFilterHelper<AdminSubscriptionView>()
/** As many plans as one answer holds. */
const MAX_PLANS = 100

export const isSubscriptionStatus = (
  text: string
): text is SubscriptionStatus =>
  SUBSCRIPTION_STATUSES.some((status) => status === text)

export function useSubscriptionFilters() {
  const { t } = useTexts()
  const { data } = usePlans({ limit: MAX_PLANS, order: "name" })
  return [
    filter.accessor("status", {
      label: t("list.columns.status"),
      type: "multiselect",
      options: SUBSCRIPTION_STATUSES.map((value) => ({
        value,
        label: t(`status.${value}`),
      })),
    }),
    filter.accessor("plan_id", {
      label: t("list.columns.plan"),
      type: "multiselect",
      searchable: true,
      options: (data?.subscription_plans ?? []).map(({ id, name }) => ({
        value: id,
        label: name,
      })),
    }),
  ]
}
