import { useDate } from "@medusajs/dashboard/hooks"
import { toast, usePrompt } from "@medusajs/ui"
import type { AdminSubscriptionDetail } from "../../../types/subscription-http"
import type { NextChargeView } from "../../../types/next-charge-http"
import type { RenewResponse } from "../../../types/subscription-staff-http"
import {
  useNextCharge,
  useRenewSubscription,
} from "../../hooks/api/subscriptions"
import { useTexts } from "../../hooks/use-texts"
import { cardName, money } from "../../lib/format"

/** How an outcome is told. */
const TOASTS: Record<
  RenewResponse["outcome"],
  "success" | "error" | "warning" | "info"
> = {
  paid: "success",
  declined: "error",
  action_required: "warning",
  not_charged: "warning",
  unknown: "info",
  not_attempted: "warning",
}

/** Charges the open period after the amount was named and agreed to. */
export function useRenewNow(subscription: AdminSubscriptionDetail) {
  const { t } = useTexts()
  const { getFullDate } = useDate()
  const prompt = usePrompt()
  const { data, isPending: isLoading } = useNextCharge(subscription.id)
  const { mutate, isPending } = useRenewSubscription(subscription.id)
  const charge = data?.next_charge

  const refusal = () => {
    if (subscription.parked_at) {
      return t("renew.parked")
    }
    if (isLoading || isPending) {
      return t("renew.loading")
    }
    if (!charge) {
      return t("renew.nothing")
    }
    return charge.problem ? t("renew.problem") : null
  }

  const confirm = (quote: NextChargeView & { problem: null }) => {
    const amount = money(quote.amount, quote.currency_code)
    return prompt({
      title: t("renew.title", { amount }),
      description: t("renew.description", {
        amount,
        email: subscription.email,
        method: cardName(quote.payment_method) ?? t("renew.method"),
        date: getFullDate({ date: quote.date }).trim(),
        start: getFullDate({ date: quote.period_start }).trim(),
        end: getFullDate({ date: quote.period_end }).trim(),
      }),
      confirmText: t("renew.confirm", { amount }),
      cancelText: t("common.cancel"),
      variant: "confirmation",
    })
  }

  const renew = async () => {
    if (!charge || charge.problem !== null || !(await confirm(charge))) {
      return
    }
    mutate(subscription.status, {
      onSuccess: ({ outcome }) => {
        toast[TOASTS[outcome]](t(`renew.outcome.${outcome}`))
      },
      onError: (error) => {
        toast.error(error.message)
      },
    })
  }

  return { renew, refusal: refusal() }
}
