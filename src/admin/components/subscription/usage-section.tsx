import { SectionRow } from "@medusajs/dashboard/components"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useUsage } from "../../hooks/api/usage"
import { useTexts } from "../../hooks/use-texts"
import { money } from "../../lib/format"
import { Section } from "../section"

/** What was used and is not charged yet. Without meters there is no section. */
export function UsageSection({
  subscription,
}: {
  subscription: AdminSubscriptionDetail
}) {
  const { t } = useTexts()
  const query = useUsage(subscription.id)
  if (!query.data?.usage.meters.length) {
    return null
  }
  return (
    <Section heading={t("usage.heading")} query={query}>
      {({ usage }) => (
        <>
          {usage.meters.map(({ key, name, unit, quantity, amount }) => (
            <SectionRow
              key={key}
              title={name}
              value={t("usage.value", {
                quantity: [quantity, unit].filter(Boolean).join(" "),
                amount:
                  amount === null
                    ? t("failure.price_unavailable")
                    : money(amount, usage.currency_code),
              })}
            />
          ))}
        </>
      )}
    </Section>
  )
}
