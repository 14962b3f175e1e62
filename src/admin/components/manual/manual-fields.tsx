import { CountrySelect, Form } from "@medusajs/dashboard/components"
import { DatePicker, Heading, Input, Select } from "@medusajs/ui"
import type { ReactNode } from "react"
import type { FieldPathByValue } from "react-hook-form"
import { useFormContext } from "react-hook-form"
import { usePlans } from "../../hooks/api/plans"
import { useSubscriptions } from "../../hooks/api/subscriptions"
import { useTexts } from "../../hooks/use-texts"
import { paymentKey, type ManualValues } from "./form-values"
import { CustomerField, RegionField, VariantField } from "./search-fields"

const MAX_PLANS = 100
const MAX_SUBSCRIPTIONS = 20

/** Who, what, from when, where to, and paid with what. */
export function ManualFields() {
  const { t } = useTexts()
  const { data } = usePlans({ limit: MAX_PLANS, status: ["active"] })
  return (
    <>
      <Group>
        <CustomerField />
        <RegionField />
        <ChoiceField
          name="plan_id"
          label={t("list.columns.plan")}
          options={(data?.subscription_plans ?? []).map(({ id, name }) => ({
            value: id,
            label: name,
          }))}
        />
        <VariantField />
        <TextField name="quantity" label={t("manual.quantity")} type="number" />
        <FirstChargeField />
      </Group>
      <Heading level="h2">{t("manual.address")}</Heading>
      <Group>
        <TextField name="first_name" label={t("manual.firstName")} optional />
        <TextField name="last_name" label={t("manual.lastName")} optional />
        <TextField name="address_1" label={t("manual.street")} optional />
        <TextField name="postal_code" label={t("manual.postalCode")} optional />
        <TextField name="city" label={t("manual.city")} optional />
        <CountryField />
      </Group>
      <Heading level="h2">{t("manual.payment")}</Heading>
      <PaymentField />
    </>
  )
}

function Group({ children }: { children: ReactNode }) {
  return <div className="grid grid-cols-1 gap-4 md:grid-cols-2">{children}</div>
}

type Name = FieldPathByValue<ManualValues, string>

function TextField(props: {
  name: Name
  label: string
  optional?: boolean
  type?: string
}) {
  const { t } = useTexts()
  const { control } = useFormContext<ManualValues>()
  return (
    <Form.Field
      control={control}
      name={props.name}
      rules={props.optional ? undefined : { required: t("form.required") }}
      render={({ field }) => (
        <Form.Item>
          <Form.Label optional={props.optional}>{props.label}</Form.Label>
          <Form.Control>
            <Input type={props.type} min={1} autoComplete="off" {...field} />
          </Form.Control>
          <Form.ErrorMessage />
        </Form.Item>
      )}
    />
  )
}

function ChoiceField(props: {
  name: Name
  label: string
  options: { value: string; label: string }[]
  hint?: string
}) {
  const { t } = useTexts()
  const { control } = useFormContext<ManualValues>()
  return (
    <Form.Field
      control={control}
      name={props.name}
      rules={{ required: t("form.required") }}
      render={({ field: { ref, onChange, ...field } }) => (
        <Form.Item>
          <Form.Label>{props.label}</Form.Label>
          <Form.Control>
            <Select {...field} onValueChange={onChange}>
              <Select.Trigger ref={ref}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                {props.options.map(({ value, label }) => (
                  <Select.Item key={value} value={value}>
                    {label}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          </Form.Control>
          {props.hint && <Form.Hint>{props.hint}</Form.Hint>}
          <Form.ErrorMessage />
        </Form.Item>
      )}
    />
  )
}

function FirstChargeField() {
  const { t } = useTexts()
  const { control } = useFormContext<ManualValues>()
  return (
    <Form.Field
      control={control}
      name="first_charge"
      render={({ field: { onChange, ...field } }) => (
        <Form.Item>
          <Form.Label optional>{t("manual.firstCharge")}</Form.Label>
          <Form.Control>
            <DatePicker
              {...field}
              granularity="day"
              modal
              shouldCloseOnSelect
              onChange={onChange}
            />
          </Form.Control>
          <Form.Hint>{t("manual.firstChargeHint")}</Form.Hint>
        </Form.Item>
      )}
    />
  )
}

function CountryField() {
  const { t } = useTexts()
  const { control } = useFormContext<ManualValues>()
  return (
    <Form.Field
      control={control}
      name="country_code"
      render={({ field }) => (
        <Form.Item>
          <Form.Label optional>{t("manual.country")}</Form.Label>
          <Form.Control>
            <CountrySelect {...field} />
          </Form.Control>
        </Form.Item>
      )}
    />
  )
}

/** What the customer's other subscriptions are paid with, or none of it. */
function PaymentField() {
  const { t } = useTexts()
  const customerId = useFormContext<ManualValues>().watch("customer_id")
  const { data } = useSubscriptions(
    { customer_id: customerId, limit: MAX_SUBSCRIPTIONS },
    Boolean(customerId)
  )
  const saved = new Map(
    (customerId ? (data?.subscriptions ?? []) : []).flatMap((one) =>
      one.provider_id && one.payment_method_id
        ? [
            [
              paymentKey(one.provider_id, one.payment_method_id),
              t("manual.pay.same", { plan: one.plan.name }),
            ] as const,
          ]
        : []
    )
  )
  return (
    <ChoiceField
      name="payment"
      label={t("manual.payWith")}
      hint={t("manual.payHint")}
      options={[
        { value: "later", label: t("manual.pay.later") },
        { value: "outside", label: t("manual.pay.outside") },
        ...[...saved].map(([value, label]) => ({ value, label })),
      ]}
    />
  )
}
