import { useDate } from "@medusajs/dashboard/hooks"
import { StatusBadge } from "@medusajs/ui"
import { useTexts } from "../../hooks/use-texts"
import { standOf, type Stand } from "../../lib/status"

/** How a subscription stands. What a merchant has to know outdoes the status. */
export function SubscriptionStatusBadge({
  subscription,
}: {
  subscription: Stand
}) {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  const { color, name, date } = standOf(subscription)
  return (
    <StatusBadge color={color} className="text-nowrap">
      {t(`status.${name}`, { date: date && getFullDate({ date }).trim() })}
    </StatusBadge>
  )
}
