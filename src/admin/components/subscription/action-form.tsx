import {
  KeyboundForm,
  RouteDrawer,
  useRouteModal,
} from "@medusajs/dashboard/components"
import { Button, toast } from "@medusajs/ui"
import { useForm } from "react-hook-form"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import {
  useActionPreview,
  useSubscriptionAction,
} from "../../hooks/api/subscription-actions"
import { useErrorText } from "../../hooks/use-error-text"
import { useTexts } from "../../hooks/use-texts"
import { money } from "../../lib/format"
import {
  bodyOfAction,
  effectOf,
  startValues,
  type ActionValues,
  type StaffAction,
} from "../../lib/subscription-actions"
import { ActionEffect } from "./action-effect"
import { ActionFields } from "./action-fields"
import { PAYMENT_TOASTS } from "./payment-toasts"

/** The server says what would happen, each time that a field changes. */
export function ActionForm(props: {
  action: StaffAction
  subscription: AdminSubscriptionDetail
}) {
  const { action, subscription } = props
  const { t } = useTexts()
  const errorText = useErrorText()
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useSubscriptionAction(subscription.id)
  const form = useForm<ActionValues>({
    defaultValues: startValues(action, subscription),
  })
  const body = effectOf(action, form.watch())
  const expected_status = subscription.status
  const query = useActionPreview(subscription.id, {
    action,
    body,
    expected_status,
  })
  const preview = body && !query.error ? query.data?.preview : undefined
  const charge = preview?.next_charge
  const amount =
    charge?.is_now && charge.amount !== null
      ? money(charge.amount, charge.currency_code)
      : null

  const submit = form.handleSubmit((values) => {
    mutate(
      { action, body: bodyOfAction(action, values), expected_status },
      {
        onSuccess: ({ payment }) => {
          toast.success(t(`action.${action}.done`))
          if (payment) {
            toast[PAYMENT_TOASTS[payment.status]](
              t(`action.payment.${payment.status}`)
            )
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
          <ActionFields action={action} />
          {body && (
            <ActionEffect
              subscription={subscription}
              preview={preview}
              error={query.error && errorText(query.error)}
            />
          )}
        </RouteDrawer.Body>
        <RouteDrawer.Footer>
          <RouteDrawer.Close asChild>
            <Button size="small" variant="secondary" type="button">
              {t(action === "cancel" ? "common.close" : "common.cancel")}
            </Button>
          </RouteDrawer.Close>
          <Button
            size="small"
            type="submit"
            variant={action === "cancel" ? "danger" : "primary"}
            isLoading={isPending}
            // Nobody agrees to what was not shown.
            disabled={!preview || query.isPlaceholderData}
          >
            {amount
              ? t("action.confirmCharge", { amount })
              : t(`action.${action}.confirm`)}
          </Button>
        </RouteDrawer.Footer>
      </KeyboundForm>
    </RouteDrawer.Form>
  )
}
