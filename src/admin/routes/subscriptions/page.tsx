import { defineRouteConfig } from "@medusajs/admin-sdk"
import { DataTable, LayoutComposer } from "@medusajs/dashboard/components"
import { ArrowPath } from "@medusajs/icons"
import { Container } from "@medusajs/ui"
import { Breadcrumb } from "../../components/breadcrumb"
import { SectionError } from "../../components/section-state"
import { useSubscriptionColumns } from "../../components/subscription/use-columns"
import {
  isSubscriptionStatus,
  useSubscriptionFilters,
} from "../../components/subscription/use-filters"
import { useSubscriptions } from "../../hooks/api/subscriptions"
import { PAGE_SIZE, useTableQuery } from "../../hooks/use-table-query"
import { useTexts } from "../../hooks/use-texts"

const SubscriptionListPage = () => {
  return (
    <LayoutComposer
      widgetsZonePrefix="portal_subscription.list"
      preferredLayoutId="core:single-column"
      sections={{
        main: (
          <LayoutComposer.Entry id="customer-portal:subscription-table">
            <SubscriptionTable />
          </LayoutComposer.Entry>
        ),
      }}
    />
  )
}

function SubscriptionTable() {
  const { t } = useTexts()
  const { status, ...query } = useTableQuery(["status", "plan_id"])
  const columns = useSubscriptionColumns()
  const filters = useSubscriptionFilters()
  const { data, error, isPending, refetch } = useSubscriptions({
    ...query,
    // Where nobody chose an order, what needs a person comes first.
    order: query.order ?? "attention",
    status: status?.filter(isSubscriptionStatus),
  })
  if (error) {
    return (
      <Container className="p-0">
        <SectionError error={error} onRetry={refetch} />
      </Container>
    )
  }
  return (
    <Container className="divide-y p-0">
      <DataTable
        data={data?.subscriptions}
        columns={columns}
        filters={filters}
        rowCount={data?.count}
        getRowId={(row) => row.id}
        rowHref={(row) => `/subscriptions/${row.id}`}
        pageSize={PAGE_SIZE}
        isLoading={isPending}
        heading={t("list.heading")}
        emptyState={{
          empty: {
            heading: t("list.empty.heading"),
            description: t("list.empty.text"),
          },
          filtered: {
            heading: t("list.filtered.heading"),
            description: t("list.filtered.text"),
          },
        }}
      />
    </Container>
  )
}

export const config = defineRouteConfig({
  label: "menu.subscriptions",
  translationNs: "customerPortal",
  icon: ArrowPath,
  rank: 1,
})

export const handle = {
  breadcrumb: () => <Breadcrumb text="menu.subscriptions" />,
}

export default SubscriptionListPage
