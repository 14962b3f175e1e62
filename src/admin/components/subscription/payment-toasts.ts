import type { ChargeResult } from "../../../types/subscription-actions-http"

/** How the outcome of a charge is told. */
export const PAYMENT_TOASTS: Record<
  ChargeResult["status"],
  "success" | "error" | "warning" | "info"
> = {
  paid: "success",
  declined: "error",
  action_required: "warning",
  not_charged: "warning",
  processing: "info",
}
