import { Form } from "@medusajs/dashboard/components"
import { Input, Select } from "@medusajs/ui"
import type { ComponentProps, ReactNode } from "react"
import type {
  FieldPathByValue,
  FieldPathValue,
  RegisterOptions,
} from "react-hook-form"
import { useFormContext } from "react-hook-form"
import type { PlanValues } from "./form-values"

/** Each field that holds text. */
type Name = FieldPathByValue<PlanValues, string>
type FieldProps<N extends Name> = {
  name: N
  label: string
  hint?: ReactNode
  optional?: boolean
  disabled?: boolean
  rules?: Pick<RegisterOptions<PlanValues, N>, "validate" | "onChange">
}

/** A line of text, or a number. */
export function InputField<N extends Name>({
  name,
  label,
  hint,
  optional,
  rules,
  ...input
}: FieldProps<N> &
  Omit<ComponentProps<typeof Input>, keyof FieldProps<N> | "onChange">) {
  const { control } = useFormContext<PlanValues>()
  return (
    <Form.Field
      control={control}
      name={name}
      rules={rules}
      render={({ field }) => (
        <Form.Item>
          <Form.Label optional={optional}>{label}</Form.Label>
          <Form.Control>
            <Input autoComplete="off" {...input} {...field} />
          </Form.Control>
          {hint && <Form.Hint>{hint}</Form.Hint>}
          <Form.ErrorMessage />
        </Form.Item>
      )}
    />
  )
}

/** One of a few. */
export function SelectField<N extends Name>({
  name,
  label,
  hint,
  disabled,
  options,
}: FieldProps<N> & {
  options: { value: FieldPathValue<PlanValues, N>; label: string }[]
}) {
  const { control } = useFormContext<PlanValues>()
  return (
    <Form.Field
      control={control}
      name={name}
      render={({ field: { ref, onChange, value, ...field } }) => (
        <Form.Item>
          <Form.Label>{label}</Form.Label>
          <Form.Control>
            <Select
              {...field}
              value={String(value)}
              onValueChange={onChange}
              disabled={disabled}
            >
              <Select.Trigger ref={ref}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                {options.map((option) => (
                  <Select.Item key={option.value} value={option.value}>
                    {option.label}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          </Form.Control>
          {hint && <Form.Hint>{hint}</Form.Hint>}
          <Form.ErrorMessage />
        </Form.Item>
      )}
    />
  )
}
