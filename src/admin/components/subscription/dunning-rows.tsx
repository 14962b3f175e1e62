import { SectionRow } from "@medusajs/dashboard/components"
import { useDate } from "@medusajs/dashboard/hooks"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useTexts } from "../../hooks/use-texts"

/** Why a charge failed, and what comes of it. */
export function DunningRows({
  subscription: { dunning, grace_ends_at },
}: {
  subscription: AdminSubscriptionDetail
}) {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  if (!dunning) {
    return null
  }
  const { failure_code: code, tries_left } = dunning
  const dates = [
    ["nextTry", dunning.next_try_at],
    ["actionUntil", dunning.action_until],
    ["givenUpAt", dunning.ends_at],
    ["graceEnds", grace_ends_at],
  ] as const
  return (
    <>
      <SectionRow
        title={t("dunning.why")}
        value={code ? t(`failure.${code}`, { defaultValue: code }) : "-"}
      />
      {dates.map(
        ([name, date]) =>
          date && (
            <SectionRow
              key={name}
              title={t(`dunning.${name}`)}
              value={getFullDate({ date, includeTime: true })}
            />
          )
      )}
      <SectionRow title={t("dunning.triesLeft")} value={String(tries_left)} />
      <SectionRow
        title={t("dunning.atEnd")}
        value={t(`dunningEnd.${dunning.at_end}`)}
      />
    </>
  )
}
