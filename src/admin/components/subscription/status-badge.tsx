import { StatusBadge } from "@medusajs/ui"
import type { AdminSubscriptionView } from "../../../types/subscription-http"
import { useTexts } from "../../hooks/use-texts"
import { SUBSCRIPTION_COLORS, type StatusColor } from "../../lib/status"

type Stand = Pick<
  AdminSubscriptionView,
  "status" | "parked_at" | "cancel_at_period_end" | "ended_at"
>

/** How a subscription stands. What a merchant has to know outdoes the status. */
export function SubscriptionStatusBadge({
  subscription,
}: {
  subscription: Stand
}) {
  const { t } = useTexts()
  const [color, name] = stand(subscription)
  return (
    <StatusBadge color={color} className="text-nowrap">
      {t(`status.${name}`)}
    </StatusBadge>
  )
}

function stand(subscription: Stand): [StatusColor, string] {
  const { status, parked_at, cancel_at_period_end, ended_at } = subscription
  if (parked_at) {
    return ["red", "parked"]
  }
  return cancel_at_period_end && !ended_at
    ? ["grey", "ending"]
    : [SUBSCRIPTION_COLORS[status], status]
}
