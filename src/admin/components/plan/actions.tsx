import { ActionMenu } from "@medusajs/dashboard/components"
import {
  ArchiveBox,
  ArrowPath,
  CheckCircle,
  PencilSquare,
  Trash,
} from "@medusajs/icons"
import { toast, usePrompt } from "@medusajs/ui"
import type { AdminSubscriptionPlan } from "../../../types/plans"
import { useDeletePlan, useSetPlanStatus } from "../../hooks/api/plans"
import { useTexts } from "../../hooks/use-texts"

/** What can be done with a plan. What it cannot, the API says in words. */
export function PlanActions({ plan }: { plan: AdminSubscriptionPlan }) {
  const { t } = useTexts()
  const prompt = usePrompt()
  const { mutate: setStatus } = useSetPlanStatus(plan.id)
  const { mutate: deletePlan } = useDeletePlan(plan.id)
  const { name } = plan

  const toasts = (verb: "archive" | "activate" | "delete") => ({
    onSuccess: () => {
      toast.success(t(`plans.${verb}.done`, { name }))
    },
    onError: (error: Error) => {
      toast.error(error.message)
    },
  })

  const ask = (verb: "archive" | "delete") =>
    prompt({
      title: t(`plans.${verb}.title`, { name }),
      description: t(`plans.${verb}.text`),
      confirmText: t(`plans.actions.${verb}`),
      cancelText: t("common.cancel"),
      variant: verb === "delete" ? "danger" : "confirmation",
    })

  const archive = async () => {
    if (await ask("archive")) {
      setStatus("archive", toasts("archive"))
    }
  }

  const remove = async () => {
    if (await ask("delete")) {
      deletePlan(undefined, toasts("delete"))
    }
  }

  const activation =
    plan.status === "active"
      ? {
          icon: <ArchiveBox />,
          label: t("plans.actions.archive"),
          onClick: () => void archive(),
        }
      : {
          icon: <CheckCircle />,
          label: t("plans.actions.activate"),
          onClick: () => {
            setStatus("activate", toasts("activate"))
          },
        }

  return (
    <ActionMenu
      groups={[
        {
          actions: [
            {
              icon: <PencilSquare />,
              label: t("plans.actions.edit"),
              to: `/subscriptions/plans/edit/${plan.id}`,
            },
            {
              icon: <ArrowPath />,
              label: t("plans.actions.show"),
              to: `/subscriptions?plan_id=${encodeURIComponent(JSON.stringify([plan.id]))}`,
            },
          ],
        },
        { actions: [activation] },
        {
          actions: [
            {
              icon: <Trash />,
              label: t("plans.actions.delete"),
              onClick: () => void remove(),
            },
          ],
        },
      ]}
    />
  )
}
