import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { useParams } from "react-router-dom"
import {
  SectionError,
  SectionSkeleton,
} from "../../../../components/section-state"
import { ChangeForm } from "../../../../components/subscription/change-form"
import { useSubscription } from "../../../../hooks/api/subscriptions"
import { useTexts } from "../../../../hooks/use-texts"

const ChangePage = () => {
  const { t } = useTexts()
  const { id = "" } = useParams()
  const { data, error, refetch } = useSubscription(id)
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("action.change.title")}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="txt-small text-ui-fg-subtle">
          {t("action.change.text")}
        </RouteDrawer.Description>
      </RouteDrawer.Header>
      {data ? (
        <ChangeForm subscription={data.subscription} />
      ) : error ? (
        <SectionError error={error} onRetry={refetch} />
      ) : (
        <SectionSkeleton rows={5} />
      )}
    </RouteDrawer>
  )
}

export default ChangePage
