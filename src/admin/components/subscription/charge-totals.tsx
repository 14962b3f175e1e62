import { Text } from "@medusajs/ui"
import type { PricedCharge } from "../../../types/next-charge-http"
import { useTexts } from "../../hooks/use-texts"
import { chargeSums, money } from "../../lib/format"

/** Shipping, discounts, tax and what is charged in the end. */
export function ChargeTotals({ charge }: { charge: PricedCharge }) {
  const { t } = useTexts()
  const { discounts, isTaxIncluded } = chargeSums(charge)
  const rows = [
    ...charge.shipping_methods.map(({ name, amount }) => ({
      label: t("next.shipping"),
      detail: name,
      amount,
    })),
    ...discounts.map(({ code, amount }) => ({
      label: t("next.discount", { code }),
      detail: null,
      amount: -amount,
    })),
    {
      label: t(isTaxIncluded ? "next.taxIncluded" : "next.tax"),
      detail: taxRates(charge),
      amount: charge.tax_total,
    },
  ]
  return (
    <>
      <div className="text-ui-fg-subtle flex flex-col gap-y-2 px-6 py-4">
        {rows.map(({ label, detail, amount }, index) => (
          <div key={index} className="flex justify-between gap-x-4">
            <Text size="small" leading="compact">
              {detail ? `${label} · ${detail}` : label}
            </Text>
            <Text size="small" leading="compact">
              {money(amount, charge.currency_code)}
            </Text>
          </div>
        ))}
      </div>
      <div className="flex flex-col gap-y-2 px-6 py-4">
        <Total label={t("next.total")} amount={charge.total} charge={charge} />
        {charge.amount !== charge.total && (
          <Total
            label={t("next.charged")}
            amount={charge.amount}
            charge={charge}
          />
        )}
      </div>
    </>
  )
}

function Total(props: { label: string; amount: number; charge: PricedCharge }) {
  return (
    <div className="flex justify-between gap-x-4">
      <Text size="small" leading="compact" weight="plus">
        {props.label}
      </Text>
      <Text size="small" leading="compact" weight="plus">
        {money(props.amount, props.charge.currency_code)}
      </Text>
    </div>
  )
}

/** "Umsatzsteuer 19 %" */
function taxRates({ items, shipping_methods }: PricedCharge): string {
  const taxes = [...items, ...shipping_methods].flatMap((line) => line.taxes)
  const names = taxes.map(({ code, rate, description }) =>
    `${description ?? code} ${rate} %`.trim()
  )
  return [...new Set(names)].join(", ")
}
