import { useDate } from "@medusajs/dashboard/hooks"
import { createDataTableColumnHelper, Tooltip } from "@medusajs/ui"
import { useMemo } from "react"
import type { AdminSubscriptionView } from "../../../types/subscription-http"
import { useTexts } from "../../hooks/use-texts"
import { money } from "../../lib/format"
import { SubscriptionStatusBadge } from "./status-badge"

const column = createDataTableColumnHelper<AdminSubscriptionView>()

/** The columns of the list. Ids of those that sort are fields of the API. */
export function useSubscriptionColumns() {
  const { t, interval } = useTexts()
  const { getFullDate } = useDate()
  return useMemo(
    () => [
      column.select(),
      column.accessor("status", {
        header: t("list.columns.status"),
        cell: ({ row }) => (
          <SubscriptionStatusBadge subscription={row.original} />
        ),
      }),
      column.accessor("email", {
        header: t("list.columns.customer"),
        enableSorting: true,
        sortLabel: t("list.columns.customer"),
        sortAscLabel: t("list.sort.az"),
        sortDescLabel: t("list.sort.za"),
        maxSize: 260,
      }),
      column.accessor("plan.name", {
        header: t("list.columns.plan"),
        cell: ({ row: { original } }) => (
          <Tooltip content={interval(original)}>
            <span className="truncate">{original.plan.name}</span>
          </Tooltip>
        ),
        maxSize: 220,
      }),
      column.accessor((row) => itemNames(row), {
        id: "items",
        header: t("list.columns.items"),
        maxSize: 260,
      }),
      column.accessor((row) => row.next_charge?.date, {
        id: "next_charge_at",
        header: t("list.columns.nextCharge"),
        cell: ({ row: { original } }) =>
          original.next_charge && !original.parked_at
            ? getFullDate({ date: original.next_charge.date })
            : t("list.none"),
        enableSorting: true,
        sortLabel: t("list.columns.nextCharge"),
        sortAscLabel: t("list.sort.soonest"),
        sortDescLabel: t("list.sort.latest"),
      }),
      column.accessor((row) => row.next_charge?.amount, {
        id: "amount",
        header: t("list.columns.amount"),
        align: "right",
        cell: ({ row }) => <Amount subscription={row.original} />,
      }),
      column.accessor("created_at", {
        header: t("list.columns.created"),
        cell: ({ getValue }) => getFullDate({ date: getValue() }),
        enableSorting: true,
        sortLabel: t("list.columns.created"),
        sortAscLabel: t("list.sort.oldest"),
        sortDescLabel: t("list.sort.newest"),
      }),
    ],
    // `getFullDate` is new each time and depends on the language, as `t` does.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [t]
  )
}

/** "2 × House Blend, Filter paper" */
function itemNames({ items }: AdminSubscriptionView): string {
  return items
    .map(({ quantity, title }) =>
      quantity > 1 ? `${quantity} × ${title}` : title
    )
    .join(", ")
}

function Amount({ subscription }: { subscription: AdminSubscriptionView }) {
  const { t } = useTexts()
  const charge = subscription.next_charge
  if (!charge || subscription.parked_at) {
    return <>–</>
  }
  const amount = money(charge.amount, charge.currency_code)
  return charge.is_estimate ? (
    <Tooltip content={t("list.estimate")}>
      <span>≈ {amount}</span>
    </Tooltip>
  ) : (
    <>{amount}</>
  )
}
