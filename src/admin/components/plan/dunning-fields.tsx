import { Heading, Text } from "@medusajs/ui"
import {
  DUNNING_ENDS,
  MAX_ACTION_DAYS,
  MAX_GRACE_DAYS,
} from "../../../types/dunning"
import { useTexts } from "../../hooks/use-texts"
import { InputField, SelectField } from "./fields"
import { daysOf } from "./dunning-values"
import { useRules } from "./use-rules"

/** What is done about charges that fail. */
export function DunningFields() {
  const { t } = useTexts()
  const rules = useRules()
  const emptyOr = (max: number, min: number) => {
    const inRange = rules.wholeUpTo(min, max)
    return (value: string) => value.trim() === "" || inRange(value)
  }
  return (
    <section className="flex flex-col gap-y-4 border-t pt-6">
      <div>
        <Heading level="h2">{t("form.dunning")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("form.dunningText")}
        </Text>
      </div>
      <div className="grid grid-cols-2 items-start gap-4">
        <InputField
          name="dunning.retry_days"
          label={t("form.retryDays")}
          hint={t("form.retryDaysText")}
          placeholder="1, 3, 5, 7"
          rules={{
            validate: (value) =>
              daysOf(value) !== undefined || t("form.retryDaysInvalid"),
          }}
        />
        <SelectField
          name="dunning.at_end"
          label={t("form.atEnd")}
          options={[
            { value: "default", label: t("form.atEndDefault") },
            ...DUNNING_ENDS.map((value) => ({
              value,
              label: t(`dunningEnd.${value}`),
            })),
          ]}
        />
        <InputField
          name="dunning.grace_days"
          label={t("form.graceDays")}
          type="number"
          placeholder="7"
          rules={{ validate: emptyOr(MAX_GRACE_DAYS, 0) }}
        />
        <InputField
          name="dunning.action_required_days"
          label={t("form.actionDays")}
          type="number"
          placeholder="3"
          rules={{ validate: emptyOr(MAX_ACTION_DAYS, 1) }}
        />
      </div>
    </section>
  )
}
