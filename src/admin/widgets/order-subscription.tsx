import { defineWidgetConfig } from "@medusajs/admin-sdk"
import type { AdminOrder, DetailWidgetProps } from "@medusajs/framework/types"
import { SubscriptionSummaryRow } from "../components/subscription/summary-row"
import { WidgetContainer } from "../components/widget-container"
import { useSubscription } from "../hooks/api/subscriptions"
import { useTexts } from "../hooks/use-texts"

const OrderSubscriptionWidget = ({
  data: order,
}: Partial<DetailWidgetProps<AdminOrder>>) => {
  const { t } = useTexts()
  const { portal_subscription_id: id, portal_subscription_cycle: number } =
    order?.metadata ?? {}
  const isRenewal = typeof id === "string"
  const { data, error, refetch } = useSubscription(isRenewal ? id : "", {
    enabled: isRenewal,
  })
  if (!isRenewal || (!data && !error)) {
    return null
  }
  return (
    <WidgetContainer
      heading={t("widget.orderHeading")}
      error={data ? null : error}
      onRetry={refetch}
    >
      {data && (
        <SubscriptionSummaryRow
          subscription={data.subscription}
          note={
            typeof number === "number"
              ? t("widget.renewal", { number })
              : undefined
          }
        />
      )}
    </WidgetContainer>
  )
}

export const config = defineWidgetConfig({
  id: "customer-portal:order-subscription",
  zone: "order.details.side",
})

export default OrderSubscriptionWidget
