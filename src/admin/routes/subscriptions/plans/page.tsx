import { defineRouteConfig } from "@medusajs/admin-sdk"
import { DataTable, LayoutComposer } from "@medusajs/dashboard/components"
import { Container, createDataTableFilterHelper } from "@medusajs/ui"
import { Breadcrumb } from "../../../components/breadcrumb"
import { usePlanColumns } from "../../../components/plan/use-columns"
import { SectionError } from "../../../components/section-state"
import { usePlans } from "../../../hooks/api/plans"
import { PAGE_SIZE, useTableQuery } from "../../../hooks/use-table-query"
import { useTexts } from "../../../hooks/use-texts"
import type { AdminSubscriptionPlan } from "../../../../types/plans"
import { PLAN_STATUSES } from "../../../../types/subscription"

const filter = createDataTableFilterHelper<AdminSubscriptionPlan>()

const PlanListPage = () => {
  return (
    <LayoutComposer
      widgetsZonePrefix="portal_subscription_plan.list"
      preferredLayoutId="core:single-column"
      sections={{
        main: (
          <LayoutComposer.Entry id="customer-portal:plan-table">
            <PlanTable />
          </LayoutComposer.Entry>
        ),
      }}
    />
  )
}

function PlanTable() {
  const { t } = useTexts()
  const { status, ...query } = useTableQuery(["status"])
  const columns = usePlanColumns()
  const { data, error, isPending, refetch } = usePlans({
    ...query,
    status: PLAN_STATUSES.filter((known) => status?.includes(known)),
  })
  if (error) {
    return (
      <Container className="p-0">
        <SectionError error={error} onRetry={refetch} />
      </Container>
    )
  }
  const filters = [
    filter.accessor("status", {
      label: t("plans.columns.status"),
      type: "multiselect",
      options: PLAN_STATUSES.map((value) => ({
        value,
        label: t(`plans.status.${value}`),
      })),
    }),
  ]
  return (
    <Container className="divide-y p-0">
      <DataTable
        data={data?.subscription_plans}
        columns={columns}
        filters={filters}
        rowCount={data?.count}
        getRowId={(row) => row.id}
        rowHref={(row) => `/subscriptions/plans/edit/${row.id}`}
        pageSize={PAGE_SIZE}
        isLoading={isPending}
        heading={t("plans.heading")}
        action={{
          label: t("plans.create"),
          to: "/subscriptions/plans/create",
        }}
        emptyState={{
          empty: {
            heading: t("plans.empty.heading"),
            description: t("plans.empty.text"),
          },
          filtered: {
            heading: t("plans.filtered.heading"),
            description: t("plans.filtered.text"),
          },
        }}
      />
    </Container>
  )
}

export const config = defineRouteConfig({
  label: "menu.plans",
  translationNs: "customerPortal",
})

export const handle = {
  breadcrumb: () => <Breadcrumb text="menu.plans" />,
}

export default PlanListPage
