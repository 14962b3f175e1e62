import { Thumbnail } from "@medusajs/dashboard/components"
import { useDate } from "@medusajs/dashboard/hooks"
import { Alert, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import type {
  AdminSubscriptionDetail,
  SubscriptionItemView,
} from "../../../types/subscription-http"
import type { PricedCharge } from "../../../types/next-charge-http"
import { useNextCharge } from "../../hooks/api/subscriptions"
import { useTexts } from "../../hooks/use-texts"
import { money } from "../../lib/format"
import { Section } from "../section"
import { ChargeTotals } from "./charge-totals"

type Props = { subscription: AdminSubscriptionDetail }
type Line = Pick<PricedCharge["items"][number], "subtitle" | "thumbnail"> &
  Omit<SubscriptionItemView, "variant_id">

/** The items, and to the cent what the next renewal will charge. */
export function NextChargeSection({ subscription }: Props) {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  const query = useNextCharge(subscription.id)
  const charge = query.data?.next_charge
  const date = charge && getFullDate({ date: charge.date, includeTime: true })
  const { status, resumes_at } = subscription
  const none =
    status === "paused" && resumes_at
      ? t("next.paused", { date: getFullDate({ date: resumes_at }).trim() })
      : t("next.none")
  return (
    <Section
      heading={t("next.heading")}
      subheading={date && t("next.on", { date })}
      query={query}
      skeletonRows={5}
    >
      {({ next_charge: next }) => (
        <>
          {(!next || next.problem !== null) && (
            <div className="px-6 py-4">
              <Alert variant={next ? "warning" : "info"}>
                {next?.problem
                  ? t("next.problem", { reason: t(`failure.${next.problem}`) })
                  : none}
              </Alert>
            </div>
          )}
          <Lines
            lines={lines(subscription, next?.problem === null ? next : null)}
            currency={subscription.currency_code}
          />
          {next?.problem === null && <ChargeTotals charge={next} />}
        </>
      )}
    </Section>
  )
}

/** As they will be priced; where nothing is charged, as they were agreed on. */
function lines(
  { items }: AdminSubscriptionDetail,
  charge: PricedCharge | null
): Line[] {
  return charge
    ? charge.items.map((item) => ({
        ...item,
        id:
          item.subscription_item_id ??
          item.one_off_id ??
          item.usage?.meter ??
          "",
        list_unit_price: item.compare_at_unit_price ?? item.unit_price,
      }))
    : items.map((item) => ({ ...item, subtitle: null, thumbnail: null }))
}

function Lines({ lines, currency }: { lines: Line[]; currency: string }) {
  const { t } = useTexts()
  if (!lines.length) {
    return <Text className="px-6 py-4">{t("next.noItems")}</Text>
  }
  return lines.map((line) => (
    <div
      key={line.id}
      className="text-ui-fg-subtle flex items-center justify-between gap-x-4 px-6 py-4"
    >
      <div className="flex min-w-0 items-center gap-x-4">
        <Thumbnail src={line.thumbnail} />
        <div className="min-w-0">
          <Link to={`/products/${line.product_id}`}>
            <Text
              size="small"
              leading="compact"
              weight="plus"
              className="text-ui-fg-base hover:text-ui-fg-interactive"
            >
              {line.title}
            </Text>
          </Link>
          {line.subtitle && <Text size="small">{line.subtitle}</Text>}
        </div>
      </div>
      <div className="shrink-0 text-end">
        <Text size="small" leading="compact">
          {t("next.quantity", {
            count: line.quantity,
            price: money(line.unit_price, currency),
          })}
        </Text>
        {line.list_unit_price > line.unit_price && (
          <Text size="xsmall" className="text-ui-fg-muted">
            {t("next.listPrice", {
              price: money(line.list_unit_price, currency),
            })}
          </Text>
        )}
      </div>
    </div>
  ))
}
