import { useDate } from "@medusajs/dashboard/hooks"
import { createDataTableColumnHelper, StatusBadge } from "@medusajs/ui"
import { useMemo } from "react"
import type { AdminSubscriptionPlan } from "../../../types/plans"
import { useTexts } from "../../hooks/use-texts"
import { PLAN_COLORS } from "../../lib/status"
import { PlanActions } from "./actions"

const column = createDataTableColumnHelper<AdminSubscriptionPlan>()

export function usePlanColumns() {
  const { t, interval, discount } = useTexts()
  const { getFullDate } = useDate()
  return useMemo(
    () => [
      column.accessor("name", {
        header: t("plans.columns.name"),
        enableSorting: true,
        sortLabel: t("plans.columns.name"),
        sortAscLabel: t("list.sort.az"),
        sortDescLabel: t("list.sort.za"),
        maxSize: 260,
      }),
      column.accessor("status", {
        header: t("plans.columns.status"),
        cell: ({ getValue }) => (
          <StatusBadge color={PLAN_COLORS[getValue()]}>
            {t(`plans.status.${getValue()}`)}
          </StatusBadge>
        ),
      }),
      column.accessor((row) => interval(row), {
        id: "interval",
        header: t("plans.columns.interval"),
      }),
      column.accessor((row) => discount(row), {
        id: "discount",
        header: t("plans.columns.discount"),
      }),
      column.accessor("trial_days", {
        header: t("plans.columns.trial"),
        cell: ({ getValue }) =>
          getValue() > 0
            ? t("plans.trialDays", { count: getValue() })
            : t("plans.noTrial"),
      }),
      column.accessor("created_at", {
        header: t("plans.columns.created"),
        cell: ({ getValue }) => getFullDate({ date: getValue() }),
        enableSorting: true,
        sortLabel: t("plans.columns.created"),
        sortAscLabel: t("list.sort.oldest"),
        sortDescLabel: t("list.sort.newest"),
      }),
      column.display({
        id: "actions",
        cell: ({ row }) => <PlanActions plan={row.original} />,
        size: 60,
      }),
    ],
    // `getFullDate` and the others are new each time and depend on the
    // language, as `t` does.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [t]
  )
}
