import { SidebarLink } from "@medusajs/dashboard/components"
import { User } from "@medusajs/icons"
import { Container, Heading } from "@medusajs/ui"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useTexts } from "../../hooks/use-texts"

export function CustomerSection({
  subscription,
}: {
  subscription: AdminSubscriptionDetail
}) {
  const { t } = useTexts()
  const address = subscription.shipping_address ?? subscription.billing_address
  const name = [address?.first_name, address?.last_name]
    .filter(Boolean)
    .join(" ")
  return (
    <Container className="p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("customer.heading")}</Heading>
      </div>
      <SidebarLink
        to={`/customers/${subscription.customer_id}`}
        icon={<User />}
        labelKey={name || subscription.email}
        descriptionKey={name ? subscription.email : t("customer.view")}
      />
    </Container>
  )
}
