import { useRouteModal } from "@medusajs/dashboard/components"
import { toast } from "@medusajs/ui"
import { useForm } from "react-hook-form"
import type { AdminSubscriptionPlanDetail } from "../../../types/plans"
import { useSavePlan } from "../../hooks/api/plans"
import { useTexts } from "../../hooks/use-texts"
import { FormDrawer } from "../form-drawer"
import { bodyOf, valuesOf, type PlanValues } from "./form-values"
import { PlanFields } from "./plan-fields"

/** Sends what was changed and nothing else. */
export function EditPlanForm({ plan }: { plan: AdminSubscriptionPlanDetail }) {
  const { t } = useTexts()
  const { handleSuccess } = useRouteModal()
  const { mutate, isPending } = useSavePlan(plan.id)
  const form = useForm<PlanValues>({ defaultValues: valuesOf(plan) })
  const { dirtyFields } = form.formState

  const submit = form.handleSubmit((values) => {
    const changed = Object.keys(dirtyFields) as (keyof PlanValues)[]
    if (!changed.length) {
      handleSuccess()
      return
    }
    mutate(bodyOf(values, changed, plan.targets), {
      onSuccess: ({ subscription_plan: { name } }) => {
        toast.success(t("plans.updated", { name }))
        handleSuccess()
      },
      onError: (error) => {
        toast.error(error.message)
      },
    })
  })

  return (
    <FormDrawer
      form={form}
      onSubmit={submit}
      action={t("common.save")}
      isPending={isPending}
    >
      <PlanFields plan={plan} />
    </FormDrawer>
  )
}
