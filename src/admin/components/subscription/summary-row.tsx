import { useDate } from "@medusajs/dashboard/hooks"
import { Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import type { AdminSubscriptionView } from "../../../types/subscription-http"
import { useTexts } from "../../hooks/use-texts"
import { money } from "../../lib/format"
import { SubscriptionStatusBadge } from "./status-badge"

/** A subscription in a widget: what it is, how it is, what comes next. */
export function SubscriptionSummaryRow(props: {
  subscription: AdminSubscriptionView
  note?: string
}) {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  const { subscription, note } = props
  const { id, plan, next_charge: next, parked_at } = subscription
  return (
    <Link
      to={`/subscriptions/${id}`}
      className="hover:bg-ui-bg-base-hover transition-fg flex items-start justify-between gap-x-4 px-6 py-4"
    >
      <div className="min-w-0">
        <Text size="small" leading="compact" weight="plus">
          {plan.name}
        </Text>
        {note && (
          <Text size="small" className="text-ui-fg-subtle">
            {note}
          </Text>
        )}
        <Text size="small" className="text-ui-fg-subtle">
          {next && !parked_at
            ? t("widget.renews", {
                date: getFullDate({ date: next.date }).trim(),
                amount: `${next.is_estimate ? "≈ " : ""}${money(next.amount, next.currency_code)}`,
              })
            : t("widget.noCharge")}
        </Text>
      </div>
      <SubscriptionStatusBadge subscription={subscription} />
    </Link>
  )
}
