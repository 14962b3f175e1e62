import { SectionRow } from "@medusajs/dashboard/components"
import { getFormattedAddress, isSameAddress } from "@medusajs/dashboard/lib"
import type { AdminOrderAddress } from "@medusajs/framework/types"
import { Container, Heading } from "@medusajs/ui"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useTexts } from "../../hooks/use-texts"

/** Where renewals are sent, and who is billed. */
export function AddressSection({
  subscription,
}: {
  subscription: AdminSubscriptionDetail
}) {
  const { t } = useTexts()
  const shipping = address(subscription.shipping_address)
  const billing = address(subscription.billing_address)
  const lines = (value: AdminOrderAddress | null) =>
    getFormattedAddress({ address: value }).join("\n") || t("address.none")
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("address.heading")}</Heading>
      </div>
      <SectionRow title={t("address.shipping")} value={lines(shipping)} />
      <SectionRow
        title={t("address.billing")}
        value={
          isSameAddress(shipping, billing) ? t("address.same") : lines(billing)
        }
      />
    </Container>
  )
}

/** The snapshot has the fields of an order's address. */
const address = (snapshot: Record<string, unknown> | null) =>
  snapshot as AdminOrderAddress | null
