import { SectionRow } from "@medusajs/dashboard/components"
import { Button, Container, Heading, StatusBadge, Text } from "@medusajs/ui"
import { useState, type ReactNode } from "react"
import type { AdminPortalSettings } from "../../../types/portal-admin-http"
import { useNumbers } from "../../hooks/use-numbers"
import { useTexts } from "../../hooks/use-texts"

/** Limits that are shown at once: those of sign-in come first. */
const FIRST_LIMITS = 5

type Props = { settings: AdminPortalSettings }

function Card(props: { heading: string; note?: string; children: ReactNode }) {
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{props.heading}</Heading>
        {props.note && (
          <Text size="small" className="text-ui-fg-subtle">
            {props.note}
          </Text>
        )}
      </div>
      {props.children}
    </Container>
  )
}

/** Who sends the mails, or what is missing. */
export function MailSection({ settings: { mails } }: Props) {
  const { t } = useTexts()
  const { provider, from, disabled } = mails
  return (
    <Card heading={t("settings.mails.heading")}>
      <SectionRow
        title={t("settings.mails.provider")}
        value={
          <StatusBadge color={provider ? "green" : "red"}>
            {provider ? provider.id : t("settings.mails.none")}
          </StatusBadge>
        }
      />
      {!provider && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("settings.mails.missing")}
        </Text>
      )}
      <SectionRow
        title={t("settings.mails.from")}
        value={from ?? t("settings.mails.fromProvider")}
      />
      {disabled.length > 0 && (
        <SectionRow
          title={t("settings.mails.disabled")}
          value={disabled.join("\n")}
        />
      )}
    </Card>
  )
}

/** How long links and sessions live, in words. */
export function LifetimeSection({ settings }: Props) {
  const { t } = useTexts()
  const { count, seconds } = useNumbers()
  const { lifetimes, link_style } = settings
  const rows = [
    ["link", seconds(lifetimes.link_seconds)],
    ["session", seconds(lifetimes.session_seconds)],
    ["idle", seconds(lifetimes.idle_seconds)],
    [
      "recover",
      lifetimes.recover_seconds
        ? seconds(lifetimes.recover_seconds)
        : t("settings.off"),
    ],
    ["pending", count(lifetimes.max_pending_links)],
    ["retention", seconds(lifetimes.retention_days * 86_400)],
    ["style", t(`settings.lifetimes.styles.${link_style}`)],
  ] as const
  return (
    <Card heading={t("settings.lifetimes.heading")}>
      {rows.map(([name, value]) => (
        <SectionRow
          key={name}
          title={t(`settings.lifetimes.${name}`)}
          value={value}
        />
      ))}
    </Card>
  )
}

/** How often somebody may try. */
export function LimitSection({ settings: { limits } }: Props) {
  const { t } = useTexts()
  const { count, seconds } = useNumbers()
  const [isWhole, setWhole] = useState(false)
  return (
    <Card heading={t("settings.limits.heading")}>
      {limits.slice(0, isWhole ? undefined : FIRST_LIMITS).map((limit) => (
        <SectionRow
          key={limit.name}
          title={t(`settings.limits.${limit.name}`, {
            defaultValue: limit.name,
          })}
          value={
            limit.max
              ? t("settings.limits.value", {
                  max: count(limit.max),
                  time: seconds(limit.seconds),
                })
              : t("settings.off")
          }
        />
      ))}
      {!isWhole && limits.length > FIRST_LIMITS && (
        <div className="px-4 py-2">
          <Button
            size="small"
            variant="transparent"
            onClick={() => {
              setWhole(true)
            }}
          >
            {t("settings.limits.more", { count: limits.length - FIRST_LIMITS })}
          </Button>
        </div>
      )}
    </Card>
  )
}

/** What protects sign-ins. It is said where to change it, as it is not here. */
export function HardeningSection({ settings }: Props) {
  const { t } = useTexts()
  const { hardenings, password } = settings
  return (
    <Card
      heading={t("settings.hardenings.heading")}
      note={t("settings.hardenings.note")}
    >
      {hardenings.map(({ name, enabled }) => (
        <SectionRow
          key={name}
          title={t(`settings.hardenings.${name}`, { defaultValue: name })}
          value={
            <StatusBadge color={enabled ? "green" : "orange"}>
              {t(enabled ? "settings.on" : "settings.off")}
            </StatusBadge>
          }
        />
      ))}
      <SectionRow
        title={t("settings.password.name")}
        value={[
          t("settings.password.length", {
            min: password.min_length,
            max: password.max_length,
          }),
          password.refuse_common && t("settings.password.common"),
        ]
          .filter(Boolean)
          .join("\n")}
      />
    </Card>
  )
}
