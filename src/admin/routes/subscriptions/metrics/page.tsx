import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"
import { Breadcrumb } from "../../../components/breadcrumb"
import { Figures } from "../../../components/figures/figures"

const SubscriptionMetricsPage = () => {
  return (
    <LayoutComposer
      widgetsZonePrefix="portal_subscription.metrics"
      preferredLayoutId="core:single-column"
      sections={{
        main: (
          <LayoutComposer.Entry id="customer-portal:subscription-figures">
            <Figures />
          </LayoutComposer.Entry>
        ),
      }}
    />
  )
}

export const config = defineRouteConfig({
  label: "menu.metrics",
  translationNs: "customerPortal",
})

export const handle = {
  breadcrumb: () => <Breadcrumb text="menu.metrics" />,
}

export default SubscriptionMetricsPage
