import { ActionMenu } from "@medusajs/dashboard/components"
import {
  ArrowPath,
  PencilSquare,
  ArrowUturnLeft,
  CalendarMini,
  ForwardSolid,
  LockOpenSolid,
  Pause,
  PlaySolid,
  XCircle,
} from "@medusajs/icons"
import type { ReactNode } from "react"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useTexts } from "../../hooks/use-texts"
import {
  isOffered,
  offeredActions,
  type StaffAction,
} from "../../lib/subscription-actions"
import { useRenewNow } from "./use-renew-now"

const ICONS: Record<StaffAction, ReactNode> = {
  unpark: <LockOpenSolid />,
  resume: <PlaySolid />,
  reactivate: <ArrowUturnLeft />,
  pause: <Pause />,
  skip: <ForwardSolid />,
  unskip: <ArrowUturnLeft />,
  reschedule: <CalendarMini />,
  cancel: <XCircle />,
}

/** What an admin can do with a subscription, as it stands. */
export function SubscriptionActions(props: {
  subscription: AdminSubscriptionDetail
}) {
  const { t } = useTexts()
  const { renew, refusal } = useRenewNow(props.subscription)
  const offered = offeredActions(props.subscription).map((name) => ({
    name,
    icon: ICONS[name],
    label: t(`action.${name}.menu`),
    to: `/subscriptions/${props.subscription.id}/${name}`,
  }))
  const changes = isOffered(props.subscription, "change_items")
    ? [
        {
          icon: <PencilSquare />,
          label: t("action.change.menu"),
          to: `/subscriptions/${props.subscription.id}/change`,
        },
      ]
    : []
  return (
    <ActionMenu
      groups={[
        {
          actions: [
            {
              icon: <ArrowPath />,
              label: t("renew.action"),
              onClick: () => void renew(),
              disabled: refusal !== null,
              disabledTooltip: refusal,
            },
          ],
        },
        {
          actions: [
            ...changes,
            ...offered.filter(({ name }) => name !== "cancel"),
          ],
        },
        { actions: offered.filter(({ name }) => name === "cancel") },
      ].filter(({ actions }) => actions.length)}
    />
  )
}
