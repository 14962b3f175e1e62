import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { useParams } from "react-router-dom"
import { useSubscription } from "../../hooks/api/subscriptions"
import { useTexts } from "../../hooks/use-texts"
import type { StaffAction } from "../../lib/subscription-actions"
import { SectionError, SectionSkeleton } from "../section-state"
import { ActionForm } from "./action-form"

/** The page of one action: what it takes, what it would do, and the button. */
export function ActionDrawer({ action }: { action: StaffAction }) {
  const { t } = useTexts()
  const { id = "" } = useParams()
  const { data, error, refetch } = useSubscription(id)
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t(`action.${action}.title`)}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="txt-small text-ui-fg-subtle">
          {t(`action.${action}.text`)}
        </RouteDrawer.Description>
      </RouteDrawer.Header>
      {data ? (
        <ActionForm action={action} subscription={data.subscription} />
      ) : error ? (
        <SectionError error={error} onRetry={refetch} />
      ) : (
        <SectionSkeleton rows={5} />
      )}
    </RouteDrawer>
  )
}
