import { ActionMenu } from "@medusajs/dashboard/components"
import { ArrowPath } from "@medusajs/icons"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useTexts } from "../../hooks/use-texts"
import { useRenewNow } from "./use-renew-now"

/** What an admin can do with a subscription. */
export function SubscriptionActions(props: {
  subscription: AdminSubscriptionDetail
}) {
  const { t } = useTexts()
  const { renew, refusal } = useRenewNow(props.subscription)
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
      ]}
    />
  )
}
