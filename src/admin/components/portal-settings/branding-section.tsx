import { Badge, Container, Heading, StatusBadge, Text } from "@medusajs/ui"
import type { AdminPortalTenant } from "../../../types/portal-admin-http"
import { useTexts } from "../../hooks/use-texts"
import { LINK } from "../../lib/styles"
import { MailPreview } from "./mail-preview"

/** Each brand: where its portal is, and how its mails look. */
export function BrandingSection(props: {
  tenants: readonly AdminPortalTenant[]
}) {
  const { t } = useTexts()
  const { tenants } = props
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("settings.branding.heading")}</Heading>
        <Text size="small" className="text-ui-fg-subtle">
          {t("settings.branding.note")}
        </Text>
      </div>
      {tenants.map((tenant) => (
        <div
          key={tenant.id}
          className="grid grid-cols-1 items-start gap-6 px-6 py-4 md:grid-cols-2"
        >
          <Facts tenant={tenant} hasMany={tenants.length > 1} />
          <MailPreview branding={tenant.branding} />
        </div>
      ))}
    </Container>
  )
}

function Facts(props: { tenant: AdminPortalTenant; hasMany: boolean }) {
  const { t } = useTexts()
  const { tenant, hasMany } = props
  const { branding } = tenant
  return (
    <div className="flex min-w-0 flex-col gap-y-3">
      <div className="flex flex-wrap items-center gap-2">
        <Text size="small" leading="compact" weight="plus">
          {branding.name || t("settings.branding.storeName")}
        </Text>
        {hasMany && <Badge size="2xsmall">{tenant.id}</Badge>}
        {!tenant.enabled && (
          <StatusBadge color="grey">{t("settings.off")}</StatusBadge>
        )}
      </div>
      <Fact name={t("settings.branding.portal")}>
        <a
          className={`${LINK} break-all`}
          href={tenant.portal_url}
          target="_blank"
          rel="noopener noreferrer"
        >
          {tenant.portal_url}
        </a>
      </Fact>
      <Fact name={t("settings.branding.returns")}>
        {tenant.return_origins.join("\n") || "–"}
      </Fact>
      <Fact name={t("settings.branding.language")}>{tenant.locale}</Fact>
      <Fact name={t("settings.branding.support")}>
        {branding.support_email ?? "–"}
      </Fact>
    </div>
  )
}

function Fact(props: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <Text size="xsmall" className="text-ui-fg-muted">
        {props.name}
      </Text>
      <Text
        as="div"
        size="small"
        className="text-ui-fg-subtle whitespace-pre-line break-words"
      >
        {props.children}
      </Text>
    </div>
  )
}
