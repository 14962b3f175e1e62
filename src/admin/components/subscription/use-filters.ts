import { useDate } from "@medusajs/dashboard/hooks"
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

/** The end of a day from today on: the same all day long, as addresses keep it. */
function inDays(count: number): string {
  const date = new Date()
  date.setHours(23, 59, 59, 999)
  date.setDate(date.getDate() + count)
  return date.toISOString()
}

/**
 * The range of days that the table has written into the address.
 *
 * @example
 * chargeRange('{"$lte":"2026-03-05T22:59:59.999Z"}')
 */
export function chargeRange(text: string | undefined): {
  next_charge_from?: string
  next_charge_to?: string
} {
  const range = parsed(text)
  if (typeof range !== "object" || range === null) {
    return {}
  }
  const { $gte, $lte } = range as { $gte?: unknown; $lte?: unknown }
  return {
    ...(typeof $gte === "string" && { next_charge_from: $gte }),
    ...(typeof $lte === "string" && { next_charge_to: $lte }),
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null")
  } catch {
    return null
  }
}

export function useSubscriptionFilters() {
  const { t } = useTexts()
  const { getFullDate } = useDate()
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
    filter.accessor("next_charge", {
      label: t("list.columns.nextCharge"),
      type: "date",
      options: [1, 7, 30].map((count) => ({
        label: t("list.nextDays", { count }),
        value: { $lte: inDays(count) },
      })),
      formatDateValue: (date) => getFullDate({ date }).trim(),
      rangeOptionLabel: t("list.custom"),
      rangeOptionStartLabel: t("list.from"),
      rangeOptionEndLabel: t("list.to"),
    }),
  ]
}
