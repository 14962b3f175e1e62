import {
  KeyboundForm,
  RouteFocusModal,
  useRouteModal,
} from "@medusajs/dashboard/components"
import { Button, Heading, Text, toast } from "@medusajs/ui"
import { useState } from "react"
import { useForm } from "react-hook-form"
import { useCreateSubscription } from "../../hooks/api/subscription-actions"
import { useErrorText } from "../../hooks/use-error-text"
import { useTexts } from "../../hooks/use-texts"
import { bodyOf, NEW_SUBSCRIPTION, type ManualValues } from "./form-values"
import { ManualFields } from "./manual-fields"

/** A subscription that no order makes: by phone, or from another system. */
export function CreateSubscriptionForm() {
  const { t } = useTexts()
  const errorText = useErrorText()
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useCreateSubscription()
  // Pressing twice, or again after a lost answer, makes one.
  const [key] = useState(() => `admin:${crypto.randomUUID()}`)
  const form = useForm<ManualValues>({ defaultValues: NEW_SUBSCRIPTION })

  const submit = form.handleSubmit((values) => {
    mutate(bodyOf(values, key), {
      onSuccess: ({ subscription }) => {
        toast.success(t("manual.done"))
        handleSuccess(`/subscriptions/${subscription.id}`)
      },
      onError: (error) => {
        toast.error(errorText(error))
      },
    })
  })

  return (
    <RouteFocusModal.Form form={form}>
      <KeyboundForm
        onSubmit={(event) => void submit(event)}
        className="flex size-full flex-col overflow-hidden"
      >
        <RouteFocusModal.Header />
        <RouteFocusModal.Body className="flex size-full flex-col items-center overflow-auto px-4 py-8 md:py-16">
          <div className="flex w-full max-w-[720px] flex-col gap-y-8">
            <div>
              <RouteFocusModal.Title asChild>
                <Heading>{t("manual.title")}</Heading>
              </RouteFocusModal.Title>
              <RouteFocusModal.Description asChild>
                <Text size="small" className="text-ui-fg-subtle">
                  {t("manual.text")}
                </Text>
              </RouteFocusModal.Description>
            </div>
            <ManualFields />
          </div>
        </RouteFocusModal.Body>
        <RouteFocusModal.Footer>
          <RouteFocusModal.Close asChild>
            <Button size="small" variant="secondary" type="button">
              {t("common.cancel")}
            </Button>
          </RouteFocusModal.Close>
          <Button size="small" type="submit" isLoading={isPending}>
            {t("plans.create")}
          </Button>
        </RouteFocusModal.Footer>
      </KeyboundForm>
    </RouteFocusModal.Form>
  )
}
