import { Button, Text } from "@medusajs/ui"
import { useState } from "react"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import { useCycles } from "../../hooks/api/subscriptions"
import { useTexts } from "../../hooks/use-texts"
import { Section } from "../section"
import { Period } from "./period"

const FIRST = 6
/** As many as one answer holds. */
const ALL = 100

/** The billing periods, newest first, with each try to charge them. */
export function PeriodsSection(props: {
  subscription: AdminSubscriptionDetail
}) {
  const { t } = useTexts()
  const [limit, setLimit] = useState(FIRST)
  const query = useCycles(props.subscription.id, limit)
  return (
    <Section heading={t("periods.heading")} query={query} skeletonRows={4}>
      {({ cycles, count }) => (
        <>
          {cycles.length === 0 && (
            <Text size="small" className="text-ui-fg-subtle px-6 py-4">
              {t("periods.empty")}
            </Text>
          )}
          {cycles.map((cycle) => (
            <Period key={cycle.id} cycle={cycle} />
          ))}
          {limit === FIRST && count > cycles.length && (
            <div className="flex justify-center px-6 py-4">
              <Button
                size="small"
                variant="transparent"
                onClick={() => {
                  setLimit(ALL)
                }}
              >
                {t("periods.more", {
                  count: Math.min(count, ALL) - cycles.length,
                })}
              </Button>
            </div>
          )}
        </>
      )}
    </Section>
  )
}
