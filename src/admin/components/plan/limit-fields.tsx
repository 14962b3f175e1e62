import { Heading, Text } from "@medusajs/ui"
import {
  DEFAULT_ACTION_LIMITS,
  MAX_ACTION_LIMITS,
} from "../../../types/action-limits"
import { useTexts } from "../../hooks/use-texts"
import { InputField } from "./fields"
import { useRules } from "./use-rules"

const NAMES = [
  "pause_max_cycles",
  "pause_max_days",
  "skip_max_cycles",
  "reschedule_max_days",
] as const

/** How far customers' own actions may go. */
export function LimitFields() {
  const { t } = useTexts()
  const rules = useRules()
  return (
    <section className="flex flex-col gap-y-4 border-t pt-6">
      <div>
        <Heading level="h2">{t("form.limits")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("form.limitsText")}
        </Text>
      </div>
      <div className="grid grid-cols-2 items-start gap-4">
        {NAMES.map((name) => {
          const inRange = rules.wholeUpTo(0, MAX_ACTION_LIMITS[name])
          return (
            <InputField
              key={name}
              name={`action_limits.${name}`}
              label={t(`form.limit.${name}`)}
              type="number"
              placeholder={String(DEFAULT_ACTION_LIMITS[name])}
              rules={{
                validate: (value) => value.trim() === "" || inRange(value),
              }}
            />
          )
        })}
      </div>
    </section>
  )
}
