import { useDate } from "@medusajs/dashboard/hooks"
import { StatusBadge, Text, Tooltip } from "@medusajs/ui"
import type { AdminPortalSessionView } from "../../../types/portal-session-http"
import { useTexts } from "../../hooks/use-texts"
import { SESSION_COLORS } from "../../lib/status"
import { RevokeButton } from "./revoke-button"

type RowProps = { session: AdminPortalSessionView }

/** A session in a widget: where it is, and when it last did something. */
export function ActiveSessionRow({ session }: RowProps) {
  const { t } = useTexts()
  const { getFullDate, getRelativeDate } = useDate()
  const seen = session.last_seen_at ?? session.redeemed_at ?? session.created_at
  return (
    <div className="flex items-center justify-between gap-x-3 px-6 py-3">
      <div className="min-w-0">
        <Text size="small" leading="compact" weight="plus" className="truncate">
          {session.device_label ?? t("access.unknownDevice")}
        </Text>
        <Tooltip content={getFullDate({ date: seen, includeTime: true })}>
          <Text size="small" className="text-ui-fg-subtle w-fit">
            {getRelativeDate(seen)}
            {session.impersonator_id && ` · ${t("access.byAdmin")}`}
          </Text>
        </Tooltip>
      </div>
      <RevokeButton id={session.id} />
    </div>
  )
}

/** A session in the list of all: also those that have ended. */
export function SessionRow({ session }: RowProps) {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  const time = (date: string) => getFullDate({ date, includeTime: true })
  const isAlive = session.status === "active" || session.status === "pending"
  const details = [
    t(`access.via.${session.impersonator_id ? "view" : session.created_via}`),
    time(session.redeemed_at ?? session.created_at),
    session.ip,
  ].filter(Boolean)
  return (
    <li className="flex items-center justify-between gap-x-3 py-3">
      <div className="min-w-0">
        <div className="flex items-center gap-x-2">
          <Text
            size="small"
            leading="compact"
            weight="plus"
            className="truncate"
          >
            {session.device_label ??
              t(
                session.redeemed_at
                  ? "access.unknownDevice"
                  : "access.link.name"
              )}
          </Text>
          <StatusBadge color={SESSION_COLORS[session.status]}>
            {t(`access.status.${session.status}`)}
          </StatusBadge>
        </div>
        <Text size="small" className="text-ui-fg-subtle">
          {details.join(" · ")}
        </Text>
        {session.reference && (
          <Text size="small" className="text-ui-fg-muted break-words">
            {session.reference}
          </Text>
        )}
      </div>
      {isAlive && <RevokeButton id={session.id} />}
    </li>
  )
}
