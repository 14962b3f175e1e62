import { defineRouteConfig } from "@medusajs/admin-sdk"
import { DataTable, LayoutComposer } from "@medusajs/dashboard/components"
import { useQueryParams } from "@medusajs/dashboard/hooks"
import { ArrowPath } from "@medusajs/icons"
import { Container, toast } from "@medusajs/ui"
import { useState } from "react"
import { useNavigate } from "react-router-dom"
import { Breadcrumb } from "../../components/breadcrumb"
import { SectionError } from "../../components/section-state"
import { useSubscriptionColumns } from "../../components/subscription/use-columns"
import {
  chargeRange,
  isSubscriptionStatus,
  useSubscriptionFilters,
} from "../../components/subscription/use-filters"
import { useSubscriptions } from "../../hooks/api/subscriptions"
import { useErrorText } from "../../hooks/use-error-text"
import { PAGE_SIZE, useTableQuery } from "../../hooks/use-table-query"
import { useTexts } from "../../hooks/use-texts"
import { download } from "../../lib/sdk"

/** As many as one request takes. */
const MAX_BULK = 100

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
  const navigate = useNavigate()
  const errorText = useErrorText()
  const [selection, setSelection] = useState<Record<string, boolean>>({})
  const { status: chosen, ...query } = useTableQuery(["status", "plan_id"])
  const status = chosen?.filter(isSubscriptionStatus)
  const range = chargeRange(useQueryParams(["next_charge"]).next_charge)
  const columns = useSubscriptionColumns()
  const filters = useSubscriptionFilters()
  const { data, error, isPending, refetch } = useSubscriptions({
    ...query,
    // Where nobody chose an order, what needs a person comes first.
    order: query.order ?? "attention",
    status,
    ...range,
  })
  const open = (action: "pause" | "cancel") => (rows: object) => {
    const ids = Object.keys(rows)
    if (ids.length > MAX_BULK) {
      toast.error(t("error.max", { max: MAX_BULK }))
      return
    }
    setSelection({})
    void navigate(`/subscriptions/bulk-${action}?ids=${ids.join(",")}`)
  }
  const save = () => {
    const { q, plan_id } = query
    const filters = Object.entries({ q, plan_id, status, ...range }).flatMap(
      ([name, value]) => (value ? [[name, String(value)]] : [])
    )
    download(
      `/admin/subscriptions/export?${new URLSearchParams(filters).toString()}`,
      "subscriptions.csv"
    ).catch((failure: unknown) => {
      toast.error(errorText(failure as Error))
    })
  }
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
        actions={[
          { label: t("list.export"), onClick: save },
          { label: t("plans.create"), to: "/subscriptions/create" },
        ]}
        commands={[
          {
            label: t("action.pause.menu"),
            action: open("pause"),
            shortcut: "p",
          },
          {
            label: t("action.cancel.menu"),
            action: open("cancel"),
            shortcut: "c",
          },
        ]}
        rowSelection={{
          state: selection,
          onRowSelectionChange: setSelection,
        }}
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
