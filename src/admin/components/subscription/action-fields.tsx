import { Form } from "@medusajs/dashboard/components"
import { DatePicker, Input, RadioGroup, Select, Textarea } from "@medusajs/ui"
import { useFormContext } from "react-hook-form"
import { CANCELLATION_REASONS } from "../../../types/subscription"
import { useTexts } from "../../hooks/use-texts"
import type { ActionValues, StaffAction } from "../../lib/subscription-actions"

/** What an action takes; most take nothing. */
export function ActionFields({ action }: { action: StaffAction }) {
  switch (action) {
    case "pause":
      return <PauseFields />
    case "skip":
      return <CyclesField />
    case "reschedule":
      return <DateField hint="reschedule" />
    case "resume":
      return <ChoiceField name="charge" options={["next_period", "now"]} />
    case "cancel":
      return <CancelFields />
    case "unskip":
    case "reactivate":
    case "unpark":
      return null
  }
}

function PauseFields() {
  const end = useFormContext<ActionValues>().watch("end")
  return (
    <>
      <ChoiceField name="end" options={["cycles", "date", "open"]} />
      {end === "cycles" && <CyclesField />}
      {end === "date" && <DateField hint="pause" />}
    </>
  )
}

function CancelFields() {
  const { t } = useTexts()
  const { control } = useFormContext<ActionValues>()
  return (
    <>
      <ChoiceField name="when" options={["period_end", "now"]} />
      <Form.Field
        control={control}
        name="reason_code"
        render={({ field: { ref, onChange, ...field } }) => (
          <Form.Item>
            <Form.Label optional>{t("field.reason")}</Form.Label>
            <Form.Control>
              <Select {...field} onValueChange={onChange}>
                <Select.Trigger ref={ref}>
                  <Select.Value />
                </Select.Trigger>
                <Select.Content>
                  {(["none", ...CANCELLATION_REASONS] as const).map((code) => (
                    <Select.Item key={code} value={code}>
                      {t(`cancelReason.${code}`)}
                    </Select.Item>
                  ))}
                </Select.Content>
              </Select>
            </Form.Control>
          </Form.Item>
        )}
      />
      <Form.Field
        control={control}
        name="comment"
        render={({ field }) => (
          <Form.Item>
            <Form.Label optional>{t("field.comment")}</Form.Label>
            <Form.Control>
              <Textarea rows={3} maxLength={2000} {...field} />
            </Form.Control>
            <Form.Hint>{t("field.commentHint")}</Form.Hint>
          </Form.Item>
        )}
      />
    </>
  )
}

/** One of two or three ways, each with what it means. */
function ChoiceField<N extends "end" | "charge" | "when">({
  name,
  options,
}: {
  name: N
  options: ActionValues[N][]
}) {
  const { t } = useTexts()
  const { control } = useFormContext<ActionValues>()
  return (
    <Form.Field
      control={control}
      name={name}
      render={({ field: { onChange, ...field } }) => (
        <Form.Item>
          <Form.Label>{t(`field.${name}.label`)}</Form.Label>
          <Form.Control>
            <RadioGroup {...field} onValueChange={onChange}>
              {options.map((value) => (
                <RadioGroup.ChoiceBox
                  key={value}
                  value={value}
                  label={t(`field.${name}.${value}`)}
                  description={t(`field.${name}.${value}Text`)}
                />
              ))}
            </RadioGroup>
          </Form.Control>
        </Form.Item>
      )}
    />
  )
}

function CyclesField() {
  const { t } = useTexts()
  const { control } = useFormContext<ActionValues>()
  return (
    <Form.Field
      control={control}
      name="cycles"
      rules={{
        validate: (value) =>
          (Number.isInteger(Number(value)) && Number(value) > 0) ||
          t("form.wholeFrom", { min: 1 }),
      }}
      render={({ field }) => (
        <Form.Item>
          <Form.Label>{t("field.cycles")}</Form.Label>
          <Form.Control>
            <Input type="number" min={1} max={120} {...field} />
          </Form.Control>
          <Form.ErrorMessage />
        </Form.Item>
      )}
    />
  )
}

function DateField({ hint }: { hint: "pause" | "reschedule" }) {
  const { t } = useTexts()
  const { control } = useFormContext<ActionValues>()
  return (
    <Form.Field
      control={control}
      name="date"
      rules={{ validate: (value) => value !== null || t("form.required") }}
      render={({ field: { onChange, ...field } }) => (
        <Form.Item>
          <Form.Label>{t(`field.date.${hint}`)}</Form.Label>
          <Form.Control>
            <DatePicker
              {...field}
              granularity="day"
              modal
              shouldCloseOnSelect
              onChange={onChange}
            />
          </Form.Control>
          <Form.Hint>{t(`field.date.${hint}Hint`)}</Form.Hint>
          <Form.ErrorMessage />
        </Form.Item>
      )}
    />
  )
}
