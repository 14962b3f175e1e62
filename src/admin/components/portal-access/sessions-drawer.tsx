import { Button, Drawer, Text } from "@medusajs/ui"
import { useState } from "react"
import type { DeviceView } from "../../../types/portal-session-http"
import { usePortalSessions } from "../../hooks/api/portal-access"
import { useTexts } from "../../hooks/use-texts"
import { SectionError, SectionSkeleton } from "../section-state"
import { DeviceRow } from "./device-row"
import { SessionRow } from "./session-row"

const PAGE = 20

/** Every link and session of a customer, newest first. */
export function SessionsDrawer(props: {
  customer: { id: string; email: string }
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}) {
  const { t } = useTexts()
  const { customer, isOpen, onOpenChange } = props
  return (
    <Drawer open={isOpen} onOpenChange={onOpenChange}>
      <Drawer.Content>
        <Drawer.Header>
          <Drawer.Title>{t("access.sessions.title")}</Drawer.Title>
          <Drawer.Description className="txt-small text-ui-fg-subtle">
            {t("access.sessions.text", { email: customer.email })}
          </Drawer.Description>
        </Drawer.Header>
        <Drawer.Body className="overflow-auto">
          {isOpen && <SessionList customerId={customer.id} />}
        </Drawer.Body>
        <Drawer.Footer>
          <Drawer.Close asChild>
            <Button size="small" variant="secondary">
              {t("common.close")}
            </Button>
          </Drawer.Close>
        </Drawer.Footer>
      </Drawer.Content>
    </Drawer>
  )
}

function SessionList({ customerId }: { customerId: string }) {
  const { t } = useTexts()
  const [offset, setOffset] = useState(0)
  const { data, error, refetch, isPlaceholderData } = usePortalSessions({
    customer_id: customerId,
    limit: PAGE,
    offset,
  })
  if (error) {
    return <SectionError error={error} onRetry={refetch} />
  }
  if (!data) {
    return <SectionSkeleton rows={6} />
  }
  const { portal_sessions: sessions, count, devices = [] } = data
  if (!count && !devices.length) {
    return (
      <Text size="small" className="text-ui-fg-subtle">
        {t("access.never")}
      </Text>
    )
  }
  return (
    <>
      {offset === 0 && <Devices devices={devices} />}
      <ul className="divide-y" aria-busy={isPlaceholderData}>
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {count > PAGE && (
        <div className="flex items-center justify-between gap-x-2 pt-4">
          <Button
            size="small"
            variant="secondary"
            disabled={offset === 0}
            onClick={() => {
              setOffset(offset - PAGE)
            }}
          >
            {t("common.newer")}
          </Button>
          <Text size="small" className="text-ui-fg-subtle">
            {t("common.range", {
              from: offset + 1,
              to: Math.min(offset + PAGE, count),
              count,
            })}
          </Text>
          <Button
            size="small"
            variant="secondary"
            disabled={offset + PAGE >= count}
            onClick={() => {
              setOffset(offset + PAGE)
            }}
          >
            {t("common.older")}
          </Button>
        </div>
      )}
    </>
  )
}

/** Sign-ins to the storefront that still count: they have no page of their own. */
function Devices({ devices }: { devices: readonly DeviceView[] }) {
  const { t } = useTexts()
  return (
    devices.length > 0 && (
      <section className="border-b pb-3">
        <Text size="small" leading="compact" weight="plus">
          {t("access.device.title")}
        </Text>
        <div className="-mx-6">
          {devices.map((device) => (
            <DeviceRow key={device.id} device={device} />
          ))}
        </div>
      </section>
    )
  )
}
