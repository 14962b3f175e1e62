import { SectionRow } from "@medusajs/dashboard/components"
import { useDate } from "@medusajs/dashboard/hooks"
import { Container, Heading } from "@medusajs/ui"
import { Link } from "react-router-dom"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useMembership } from "../../hooks/api/memberships"
import { useTexts } from "../../hooks/use-texts"
import { LINK } from "../../lib/styles"

/** What the subscription gives besides deliveries; nothing where that is nothing. */
export function MembershipSection({
  subscription,
}: {
  subscription: AdminSubscriptionDetail
}) {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  const { data } = useMembership(subscription)
  if (!data || (!data.group && !data.entitlements.length)) {
    return null
  }
  const { group, entitlements } = data
  return (
    <Container className="divide-y p-0">
      <div className="px-6 py-4">
        <Heading level="h2">{t("membership.heading")}</Heading>
      </div>
      {group && (
        <SectionRow
          title={t("membership.group")}
          value={
            <>
              <Link className={LINK} to={`/customer-groups/${group.id}`}>
                {group.name}
              </Link>
              {!group.isMember && ` (${t("membership.notIn")})`}
            </>
          }
        />
      )}
      {entitlements.map(({ key, name, isOpen, expires_at: date }) => (
        <SectionRow
          key={key}
          title={name ?? key}
          value={
            !isOpen
              ? t("membership.closed")
              : date
                ? t("membership.until", { date: getFullDate({ date }).trim() })
                : t("membership.open")
          }
        />
      ))}
    </Container>
  )
}
