import { useTranslation } from "react-i18next"
import type { BillingInterval } from "../../types/subscription"
import type { AdminSubscriptionPlan } from "../../types/plans"

/** What a failure says; providers know more codes than there are texts. */
type Failure = { failure_code: string | null; failure_message?: string | null }

/** The plugin's texts, and those that are put together. */
export function useTexts() {
  const { t } = useTranslation("customerPortal")

  const interval = (rhythm: {
    interval: BillingInterval
    interval_count: number
  }): string =>
    t(`interval.${rhythm.interval}`, { count: rhythm.interval_count })

  const failure = ({ failure_code: code, failure_message }: Failure) =>
    code
      ? t(`failure.${code}`, { defaultValue: failure_message ?? code })
      : null

  const oneDiscount = (discount: AdminSubscriptionPlan["first_discount"]) => {
    if (!discount) {
      return t("plans.discount.none")
    }
    return discount.type === "percent"
      ? t("plans.discount.percent", { value: discount.value })
      : t(`plans.discount.${discount.type}`)
  }

  const discount = (plan: AdminSubscriptionPlan): string => {
    const first = oneDiscount(plan.first_discount)
    const later = oneDiscount(plan.recurring_discount)
    return first === later ? first : t("plans.discount.first", { first, later })
  }

  return { t, interval, failure, discount }
}
