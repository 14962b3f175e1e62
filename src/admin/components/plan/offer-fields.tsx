import { Trash } from "@medusajs/icons"
import { Button, Heading, IconButton, Text } from "@medusajs/ui"
import { useFieldArray, useFormContext } from "react-hook-form"
import {
  MAX_OFFER_CYCLES,
  MAX_RETENTION_OFFERS,
} from "../../../types/action-limits"
import { useTexts } from "../../hooks/use-texts"
import { InputField, SelectField } from "./fields"
import { NEW_OFFER, type PlanValues } from "./form-values"
import { useRules } from "./use-rules"

/** What a customer who wants to cancel may take instead. */
export function OfferFields() {
  const { t } = useTexts()
  const { control } = useFormContext<PlanValues>()
  const { fields, append, remove } = useFieldArray({
    control,
    name: "retention_offers",
    // The offers have ids of their own.
    keyName: "key",
  })
  return (
    <section className="flex flex-col gap-y-4 border-t pt-6">
      <div className="flex items-start justify-between gap-x-4">
        <div>
          <Heading level="h2">{t("form.offers")}</Heading>
          <Text size="small" className="text-ui-fg-subtle">
            {t("form.offersText")}
          </Text>
        </div>
        <Button
          size="small"
          variant="secondary"
          type="button"
          className="shrink-0"
          disabled={fields.length >= MAX_RETENTION_OFFERS}
          onClick={() => {
            append(NEW_OFFER)
          }}
        >
          {t("form.addOffer")}
        </Button>
      </div>
      {fields.map(({ key }, index) => (
        <Offer
          key={key}
          index={index}
          onRemove={() => {
            remove(index)
          }}
        />
      ))}
    </section>
  )
}

function Offer({ index, onRemove }: { index: number; onRemove: () => void }) {
  const { t } = useTexts()
  const rules = useRules()
  const path = `retention_offers.${index}` as const
  const type = useFormContext<PlanValues>().watch(`${path}.type`)
  return (
    <div className="bg-ui-bg-subtle shadow-borders-base flex items-start gap-x-4 rounded-lg p-4">
      <div className="grid flex-1 grid-cols-3 items-start gap-4">
        <SelectField
          name={`${path}.type`}
          label={t("form.offerType")}
          options={(["discount", "pause"] as const).map((value) => ({
            value,
            label: t(`form.offer.${value}`),
          }))}
        />
        {type === "discount" && (
          <InputField
            name={`${path}.percent`}
            label={t("form.offerPercent")}
            type="number"
            rules={{ validate: rules.wholeUpTo(1, 100) }}
          />
        )}
        <InputField
          name={`${path}.cycles`}
          label={t("form.offerCycles")}
          type="number"
          rules={{ validate: rules.wholeUpTo(1, MAX_OFFER_CYCLES) }}
        />
      </div>
      <IconButton
        size="small"
        variant="transparent"
        type="button"
        aria-label={t("form.removeOffer", { number: index + 1 })}
        onClick={onRemove}
      >
        <Trash />
      </IconButton>
    </div>
  )
}
