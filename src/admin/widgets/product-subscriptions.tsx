import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { SectionRow } from "@medusajs/dashboard/components"
import type { AdminProduct, DetailWidgetProps } from "@medusajs/framework/types"
import { Link } from "react-router-dom"
import { WidgetContainer } from "../components/widget-container"
import { useFigures } from "../hooks/api/figures"
import { usePlans } from "../hooks/api/plans"
import { useSubscriptions } from "../hooks/api/subscriptions"
import { useNumbers } from "../hooks/use-numbers"
import { useTexts } from "../hooks/use-texts"
import { money } from "../lib/format"
import { LINK } from "../lib/styles"

const MAX_PLANS = 20
const LIVE = ["trialing", "active", "past_due", "paused"] as const

const ProductSubscriptionsWidget = ({
  data: product,
}: Partial<DetailWidgetProps<AdminProduct>>) =>
  product?.id ? <ProductPlans productId={product.id} /> : null

/** Which plans offer the product, and what they bring. */
function ProductPlans({ productId }: { productId: string }) {
  const { t } = useTexts()
  const { count, percent } = useNumbers()
  const { data, error, refetch } = usePlans({
    product_id: productId,
    limit: MAX_PLANS,
  })
  const plans = data?.subscription_plans ?? []
  const hasPlans = plans.length > 0
  const live = useSubscriptions(
    { product_id: productId, status: [...LIVE], limit: 1 },
    hasPlans
  )
  const metrics = useFigures(1).data?.metrics
  if (!error && !hasPlans) {
    return null
  }
  return (
    <WidgetContainer
      heading={t("widget.productHeading")}
      error={error}
      onRetry={refetch}
    >
      {plans.map((plan) => {
        const figures = metrics?.plans.find(
          ({ plan_id }) => plan_id === plan.id
        )
        return (
          <div
            key={plan.id}
            className="flex flex-col items-start gap-y-1 px-6 py-4"
          >
            <Link className={LINK} to={`/subscriptions/plans/edit/${plan.id}`}>
              {plan.name}
            </Link>
            <span className="txt-small text-ui-fg-subtle">
              {figures && metrics?.currency_code
                ? t("figures.plan", {
                    amount: money(figures.mrr, metrics.currency_code),
                    share: percent(figures.mrr_share),
                    subscriptions: count(figures.subscriptions),
                  })
                : t(`plans.status.${plan.status}`)}
            </span>
          </div>
        )
      })}
      {live.data && (
        <SectionRow
          title={t("widget.productCount")}
          value={count(live.data.count)}
        />
      )}
    </WidgetContainer>
  )
}

export const config = defineWidgetConfig({
  id: "customer-portal:product-subscriptions",
  zone: "product.details.side",
})

export default ProductSubscriptionsWidget
