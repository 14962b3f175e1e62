import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type {
  AdminCustomer,
  DetailWidgetProps,
} from "@medusajs/framework/types"
import { Link } from "react-router-dom"
import { SubscriptionSummaryRow } from "../components/subscription/summary-row"
import { WidgetContainer } from "../components/widget-container"
import { useSubscriptions } from "../hooks/api/subscriptions"
import { useTexts } from "../hooks/use-texts"
import { LINK } from "../lib/styles"
import type { AdminSubscriptionView } from "../../types/subscription-http"

const MAX_ROWS = 3
/** Enough to find those that need somebody. */
const MAX_LOADED = 20

const CustomerSubscriptionsWidget = ({
  data: customer,
}: Partial<DetailWidgetProps<AdminCustomer>>) => {
  const { t } = useTexts()
  const { data, error, refetch } = useSubscriptions(
    { customer_id: customer?.id, limit: MAX_LOADED },
    Boolean(customer?.id)
  )
  if (!error && !data?.subscriptions.length) {
    return null
  }
  const { subscriptions = [], count = 0 } = data ?? {}
  const [first] = subscriptions
  return (
    <WidgetContainer
      heading={t("widget.customerHeading")}
      error={error}
      onRetry={refetch}
    >
      {[...subscriptions]
        .sort((a, b) => urgency(b) - urgency(a))
        .slice(0, MAX_ROWS)
        .map((subscription) => (
          <SubscriptionSummaryRow
            key={subscription.id}
            subscription={subscription}
          />
        ))}
      {count > MAX_ROWS && first && (
        <div className="px-6 py-4">
          <Link
            className={LINK}
            to={`/subscriptions?q=${encodeURIComponent(first.email)}`}
          >
            {t("widget.viewAll", { count })}
          </Link>
        </div>
      )}
    </WidgetContainer>
  )
}

/** What needs a person comes first, what has ended last. */
function urgency({ parked_at, status }: AdminSubscriptionView): number {
  if (parked_at || status === "past_due") {
    return 2
  }
  return status === "canceled" || status === "expired" ? 0 : 1
}

export const config = defineWidgetConfig({
  id: "customer-portal:customer-subscriptions",
  zone: "customer.details.side",
})

export default CustomerSubscriptionsWidget
