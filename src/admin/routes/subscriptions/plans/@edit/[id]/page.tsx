import { RouteDrawer } from "@medusajs/dashboard/components"
import { Heading } from "@medusajs/ui"
import { useParams } from "react-router-dom"
import { EditPlanForm } from "../../../../../components/plan/edit-form"
import {
  SectionError,
  SectionSkeleton,
} from "../../../../../components/section-state"
import { usePlan } from "../../../../../hooks/api/plans"
import { useTexts } from "../../../../../hooks/use-texts"

const EditPlanPage = () => {
  const { t } = useTexts()
  const { id = "" } = useParams()
  const { data, error, isFetching, refetch } = usePlan(id)
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("form.editTitle")}</Heading>
        </RouteDrawer.Title>
        <RouteDrawer.Description className="txt-small text-ui-fg-subtle">
          {t("form.editText")}
        </RouteDrawer.Description>
      </RouteDrawer.Header>
      {data && !isFetching ? (
        <EditPlanForm plan={data.subscription_plan} />
      ) : error ? (
        <SectionError error={error} onRetry={refetch} />
      ) : (
        <SectionSkeleton rows={8} />
      )}
    </RouteDrawer>
  )
}

export default EditPlanPage
