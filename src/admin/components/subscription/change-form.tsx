import {
  Form,
  KeyboundForm,
  RouteDrawer,
  useRouteModal,
} from "@medusajs/dashboard/components"
import { Button, Input, RadioGroup, Select, toast } from "@medusajs/ui"
import { useForm, type Control } from "react-hook-form"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { usePlans } from "../../hooks/api/plans"
import {
  useChangePreview,
  useChangeSubscription,
} from "../../hooks/api/subscription-changes"
import { useErrorText } from "../../hooks/use-error-text"
import { useTexts } from "../../hooks/use-texts"
import { money } from "../../lib/format"
import {
  changeBody,
  startChange,
  type ChangeValues,
} from "../../lib/subscription-change"
import { ChangeEffect } from "./change-effect"
import { PAYMENT_TOASTS } from "./payment-toasts"

/** Plan, quantities and when: the server says what it costs before anybody agrees. */
export function ChangeForm(props: { subscription: AdminSubscriptionDetail }) {
  const { subscription } = props
  const { t } = useTexts()
  const errorText = useErrorText()
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useChangeSubscription(subscription.id)
  const form = useForm<ChangeValues>({
    defaultValues: startChange(subscription),
  })
  const body = changeBody(subscription, form.watch())
  const query = useChangePreview(subscription.id, body)
  const preview = body && !query.error ? query.data?.preview : undefined

  const submit = form.handleSubmit(() => {
    if (!body || !preview) {
      return
    }
    mutate(
      { ...body, at: preview.at, expected_total: preview.due_now },
      {
        onSuccess: ({ payment }) => {
          if (payment && payment.status !== "paid") {
            toast[PAYMENT_TOASTS[payment.status]](
              t(`action.payment.${payment.status}`)
            )
          } else {
            toast.success(t("action.change.done"))
          }
          handleSuccess()
        },
        onError: (error) => {
          toast.error(errorText(error))
        },
      }
    )
  })

  return (
    <RouteDrawer.Form form={form}>
      <KeyboundForm
        onSubmit={(event) => void submit(event)}
        className="flex flex-1 flex-col overflow-hidden"
      >
        <RouteDrawer.Body className="flex flex-1 flex-col gap-y-6 overflow-auto">
          <PlanField control={form.control} subscription={subscription} />
          {subscription.items.map(({ id, title }) => (
            <Form.Field
              key={id}
              control={form.control}
              name={`quantities.${id}`}
              render={({ field }) => (
                <Form.Item>
                  <Form.Label>{t("field.quantity", { title })}</Form.Label>
                  <Form.Control>
                    <Input type="number" min={0} max={10_000} {...field} />
                  </Form.Control>
                </Form.Item>
              )}
            />
          ))}
          <WhenField control={form.control} />
          {body && (
            <ChangeEffect
              preview={preview}
              error={query.error && errorText(query.error)}
            />
          )}
        </RouteDrawer.Body>
        <RouteDrawer.Footer>
          <RouteDrawer.Close asChild>
            <Button size="small" variant="secondary" type="button">
              {t("common.cancel")}
            </Button>
          </RouteDrawer.Close>
          <Button
            size="small"
            type="submit"
            isLoading={isPending}
            // Nobody agrees to what was not shown.
            disabled={!preview || query.isPlaceholderData}
          >
            {preview?.due_now
              ? t("action.confirmCharge", {
                  amount: money(preview.due_now, preview.currency_code),
                })
              : t("action.change.confirm")}
          </Button>
        </RouteDrawer.Footer>
      </KeyboundForm>
    </RouteDrawer.Form>
  )
}

function PlanField(props: {
  control: Control<ChangeValues>
  subscription: AdminSubscriptionDetail
}) {
  const { control, subscription } = props
  const { t } = useTexts()
  const { data } = usePlans({ status: ["active"], limit: 100 })
  const own = subscription.plan
  const others = (data?.subscription_plans ?? []).filter(
    ({ id }) => id !== own.id
  )
  return (
    <Form.Field
      control={control}
      name="plan_id"
      render={({ field: { ref, onChange, ...field } }) => (
        <Form.Item>
          <Form.Label>{t("field.plan")}</Form.Label>
          <Form.Control>
            <Select {...field} onValueChange={onChange}>
              <Select.Trigger ref={ref}>
                <Select.Value />
              </Select.Trigger>
              <Select.Content>
                {[own, ...others].map(({ id, name }) => (
                  <Select.Item key={id} value={id}>
                    {name}
                  </Select.Item>
                ))}
              </Select.Content>
            </Select>
          </Form.Control>
        </Form.Item>
      )}
    />
  )
}

function WhenField({ control }: { control: Control<ChangeValues> }) {
  const { t } = useTexts()
  return (
    <Form.Field
      control={control}
      name="when"
      render={({ field: { onChange, ...field } }) => (
        <Form.Item>
          <Form.Label>{t("field.changeWhen.label")}</Form.Label>
          <Form.Control>
            <RadioGroup {...field} onValueChange={onChange}>
              {(["period_end", "now", "free"] as const).map((value) => (
                <RadioGroup.ChoiceBox
                  key={value}
                  value={value}
                  label={t(`field.changeWhen.${value}`)}
                  description={t(`field.changeWhen.${value}Text`)}
                />
              ))}
            </RadioGroup>
          </Form.Control>
        </Form.Item>
      )}
    />
  )
}
