import { useFormContext } from "react-hook-form"
import { useTexts } from "../../hooks/use-texts"
import { InputField, SelectField } from "./fields"
import type { PlanValues } from "./form-values"
import { useRules } from "./use-rules"

/** As the server's rules have it. */
const MOST = 52

/** How many periods a charge pays at once, and what comes after them. */
export function PrepaidFields() {
  const { t } = useTexts()
  const inRange = useRules().wholeUpTo(2, MOST)
  const cycles = useFormContext<PlanValues>().watch("prepaid_cycles")
  return (
    <div className="grid grid-cols-2 items-start gap-4">
      <InputField
        name="prepaid_cycles"
        label={t("form.prepaid")}
        type="number"
        optional
        hint={t("form.prepaidHint")}
        rules={{
          validate: (value) => value.trim() === "" || inRange(value),
        }}
      />
      {cycles.trim() !== "" && (
        <SelectField
          name="prepaid_renews"
          label={t("form.prepaidAfter")}
          options={(["true", "false"] as const).map((value) => ({
            value,
            label: t(`form.prepaidRenews.${value}`),
          }))}
        />
      )}
    </div>
  )
}
