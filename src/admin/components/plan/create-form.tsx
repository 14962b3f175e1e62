import {
  KeyboundForm,
  RouteFocusModal,
  useRouteModal,
} from "@medusajs/dashboard/components"
import { Button, Heading, Text, toast } from "@medusajs/ui"
import { useForm } from "react-hook-form"
import { useSavePlan } from "../../hooks/api/plans"
import { useTexts } from "../../hooks/use-texts"
import { bodyOf, NEW_PLAN, type PlanValues } from "./form-values"
import { PlanFields } from "./plan-fields"

const ALL_FIELDS = Object.keys(NEW_PLAN) as (keyof PlanValues)[]

export function CreatePlanForm() {
  const { t } = useTexts()
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useSavePlan()
  const form = useForm<PlanValues>({ defaultValues: NEW_PLAN })

  const submit = form.handleSubmit((values) => {
    mutate(bodyOf(values, ALL_FIELDS), {
      onSuccess: ({ subscription_plan: { name } }) => {
        toast.success(t("plans.created", { name }))
        handleSuccess()
      },
      onError: (error) => {
        toast.error(error.message)
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
                <Heading>{t("form.createTitle")}</Heading>
              </RouteFocusModal.Title>
              <RouteFocusModal.Description asChild>
                <Text size="small" className="text-ui-fg-subtle">
                  {t("form.createText")}
                </Text>
              </RouteFocusModal.Description>
            </div>
            <PlanFields />
          </div>
        </RouteFocusModal.Body>
        <RouteFocusModal.Footer>
          <RouteFocusModal.Close asChild>
            <Button size="small" variant="secondary" type="button">
              {t("common.cancel")}
            </Button>
          </RouteFocusModal.Close>
          <Button size="small" type="submit" isLoading={isPending}>
            {t("common.save")}
          </Button>
        </RouteFocusModal.Footer>
      </KeyboundForm>
    </RouteFocusModal.Form>
  )
}
