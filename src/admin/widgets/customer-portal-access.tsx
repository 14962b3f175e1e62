import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { useDate } from "@medusajs/dashboard/hooks"
import type {
  AdminCustomer,
  DetailWidgetProps,
} from "@medusajs/framework/types"
import { Link as LinkIcon } from "@medusajs/icons"
import { Button, Container, Heading, Text, Tooltip } from "@medusajs/ui"
import { useState } from "react"
import { AccessActions } from "../components/portal-access/access-actions"
import { DeviceRow } from "../components/portal-access/device-row"
import { LinkDrawer } from "../components/portal-access/link-drawer"
import { ActiveSessionRow } from "../components/portal-access/session-row"
import { SessionsDrawer } from "../components/portal-access/sessions-drawer"
import { TenantSelect } from "../components/portal-access/tenant-select"
import { usePortalLink } from "../components/portal-access/use-portal-link"
import { SectionError, SectionSkeleton } from "../components/section-state"
import { WidgetBoundary } from "../components/widget-boundary"
import { usePortalSessions } from "../hooks/api/portal-access"
import { usePortalSettings } from "../hooks/api/portal-settings"
import { useTexts } from "../hooks/use-texts"
import { lastSignIn } from "../lib/portal"

const MAX_ROWS = 3
/** Enough to find the customer's own last sign-in. */
const MAX_LOADED = 20

const CustomerPortalAccessWidget = ({
  data: customer,
}: Partial<DetailWidgetProps<AdminCustomer>>) =>
  customer?.id ? (
    <WidgetBoundary>
      <PortalAccess customer={{ id: customer.id, email: customer.email }} />
    </WidgetBoundary>
  ) : null

function PortalAccess(props: { customer: { id: string; email: string } }) {
  const { t } = useTexts()
  const { customer } = props
  const [chosen, setChosen] = useState<string>()
  const [isListOpen, setListOpen] = useState(false)
  const { create, isPending, shown, close } = usePortalLink(customer)
  const { data } = usePortalSettings()
  const tenants = (data?.settings.tenants ?? []).filter(
    ({ enabled }) => enabled
  )
  // One brand goes without saying; of several one must be named.
  const tenantId = chosen ?? tenants[0]?.id
  return (
    <Container className="divide-y p-0">
      <div className="flex items-center justify-between px-6 py-4">
        <Heading level="h2">{t("access.heading")}</Heading>
        <AccessActions
          customer={customer}
          tenantId={tenantId}
          create={create}
          isPending={isPending}
          canMail={data?.settings.mails.provider !== null}
          onList={() => {
            setListOpen(true)
          }}
        />
      </div>
      <AccessState customerId={customer.id} />
      <div className="flex flex-col gap-y-2 px-6 py-4">
        {tenants.length > 1 && (
          <TenantSelect
            tenants={tenants}
            value={tenantId}
            onChange={setChosen}
          />
        )}
        <Button
          size="small"
          variant="secondary"
          className="w-full"
          isLoading={isPending}
          onClick={() => {
            create({
              delivery: "return",
              impersonate: false,
              tenant_id: tenantId,
            })
          }}
        >
          <LinkIcon />
          {t("access.copyLink")}
        </Button>
      </div>
      <LinkDrawer link={shown} email={customer.email} onClose={close} />
      <SessionsDrawer
        customer={customer}
        isOpen={isListOpen}
        onOpenChange={setListOpen}
      />
    </Container>
  )
}

/** When the customer was here last, and where they still are. */
function AccessState({ customerId }: { customerId: string }) {
  const { t } = useTexts()
  const all = usePortalSessions({ customer_id: customerId, limit: MAX_LOADED })
  const active = usePortalSessions({
    customer_id: customerId,
    status: ["active"],
    limit: MAX_ROWS,
  })
  const error = all.error ?? active.error
  if (error) {
    return (
      <SectionError
        error={error}
        onRetry={() => Promise.all([all.refetch(), active.refetch()])}
      />
    )
  }
  if (!all.data || !active.data) {
    return <SectionSkeleton rows={2} />
  }
  const { portal_sessions: sessions, count, devices = [] } = active.data
  return (
    <>
      <LastSignIn at={lastSignIn(all.data.portal_sessions, devices)} />
      <div className="flex items-center justify-between px-6 py-4">
        <Text size="small" leading="compact" weight="plus">
          {t("access.active")}
        </Text>
        <Text size="small" leading="compact" className="text-ui-fg-subtle">
          {count + devices.length}
        </Text>
      </div>
      {sessions.map((session) => (
        <ActiveSessionRow key={session.id} session={session} />
      ))}
      {devices.slice(0, MAX_ROWS).map((device) => (
        <DeviceRow key={device.id} device={device} />
      ))}
    </>
  )
}

function LastSignIn({ at }: { at: string | null }) {
  const { t } = useTexts()
  const { getFullDate, getRelativeDate } = useDate()
  return (
    <div className="flex items-center justify-between gap-x-4 px-6 py-4">
      <Text size="small" leading="compact" weight="plus">
        {t("access.lastSignIn")}
      </Text>
      {at ? (
        <Tooltip content={getFullDate({ date: at, includeTime: true })}>
          <Text size="small" leading="compact" className="text-ui-fg-subtle">
            {getRelativeDate(at)}
          </Text>
        </Tooltip>
      ) : (
        <Text size="small" leading="compact" className="text-ui-fg-subtle">
          {t("access.never")}
        </Text>
      )}
    </div>
  )
}

export const config = defineWidgetConfig({
  id: "customer-portal:customer-portal-access",
  zone: "customer.details.side",
})

export default CustomerPortalAccessWidget
