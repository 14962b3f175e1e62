import { defineRouteConfig } from "@medusajs/admin-sdk"
import { LayoutComposer } from "@medusajs/dashboard/components"
import { Button, Container, Heading, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"
import { Breadcrumb } from "../../../components/breadcrumb"
import { BrandingSection } from "../../../components/portal-settings/branding-section"
import { FunnelSection } from "../../../components/portal-settings/funnel-section"
import {
  MetricsSection,
  useMetricsRange,
} from "../../../components/portal-settings/metrics-section"
import {
  HardeningSection,
  LifetimeSection,
  LimitSection,
  MailSection,
} from "../../../components/portal-settings/options-sections"
import {
  SectionError,
  SectionSkeleton,
} from "../../../components/section-state"
import { usePortalSettings } from "../../../hooks/api/portal-settings"
import { useTexts } from "../../../hooks/use-texts"

const PortalSettingsPage = () => {
  const { data, error, refetch } = usePortalSettings()
  const range = useMetricsRange()
  const settings = data?.settings
  const tenants = settings?.tenants ?? []
  return (
    <LayoutComposer
      widgetsZonePrefix="portal_settings.details"
      preferredLayoutId="core:two-column"
      data={settings}
      sections={{
        main: (
          <>
            <LayoutComposer.Entry id="customer-portal:settings-intro">
              <Intro />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:settings-metrics">
              <MetricsSection range={range} tenants={tenants} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:settings-funnel">
              <FunnelSection query={range.query} />
            </LayoutComposer.Entry>
            {settings && (
              <LayoutComposer.Entry id="customer-portal:settings-branding">
                <BrandingSection tenants={tenants} />
              </LayoutComposer.Entry>
            )}
          </>
        ),
        side: settings ? (
          <>
            <LayoutComposer.Entry id="customer-portal:settings-mails">
              <MailSection settings={settings} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:settings-lifetimes">
              <LifetimeSection settings={settings} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:settings-hardenings">
              <HardeningSection settings={settings} />
            </LayoutComposer.Entry>
            <LayoutComposer.Entry id="customer-portal:settings-limits">
              <LimitSection settings={settings} />
            </LayoutComposer.Entry>
          </>
        ) : (
          <Container className="p-0">
            {error ? (
              <SectionError error={error} onRetry={refetch} />
            ) : (
              <SectionSkeleton rows={8} />
            )}
          </Container>
        ),
      }}
    />
  )
}

/** What the page is, and that nothing of it can be changed here. */
function Intro() {
  const { t } = useTexts()
  return (
    <Container className="flex flex-col items-start justify-between gap-4 px-6 py-4 sm:flex-row">
      <div className="min-w-0">
        <Heading>{t("menu.customerPortal")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("settings.note")}
        </Text>
      </div>
      <Button size="small" variant="secondary" className="shrink-0" asChild>
        <Link to="test-link">{t("testLink.action")}</Link>
      </Button>
    </Container>
  )
}

export const config = defineRouteConfig({
  label: "menu.customerPortal",
  translationNs: "customerPortal",
})

export const handle = {
  breadcrumb: () => <Breadcrumb text="menu.customerPortal" />,
}

export default PortalSettingsPage
