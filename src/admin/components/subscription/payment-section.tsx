import { CreditCard } from "@medusajs/icons"
import { Container, Heading, Text } from "@medusajs/ui"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useTexts } from "../../hooks/use-texts"
import { cardExpiry, cardName, expiresBefore } from "../../lib/format"

/** What renewals are charged to. */
export function PaymentSection({
  subscription: { payment_method: method, next_charge: charge },
}: {
  subscription: AdminSubscriptionDetail
}) {
  const { t } = useTexts()
  const expiry = cardExpiry(method)
  const isTooOld = expiresBefore(method, charge?.date)
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("payment.heading")}</Heading>
      </div>
      {method?.payment_method_id ? (
        <div className="flex items-center gap-x-3 px-6 py-4">
          <CreditCard className="text-ui-fg-subtle shrink-0" />
          <div>
            <Text size="small" leading="compact" weight="plus">
              {cardName(method) ?? t("payment.saved")}
            </Text>
            {expiry && (
              <Text
                size="small"
                className={isTooOld ? "text-ui-fg-error" : "text-ui-fg-subtle"}
              >
                {t(isTooOld ? "payment.expired" : "payment.expires", {
                  date: expiry,
                })}
              </Text>
            )}
          </div>
        </div>
      ) : (
        <Text
          size="small"
          className={`px-6 py-4 ${charge ? "text-ui-fg-error" : "text-ui-fg-subtle"}`}
        >
          {t(charge ? "payment.none" : "address.none")}
        </Text>
      )}
    </Container>
  )
}
