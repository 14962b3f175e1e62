import { cardError, type ApiError } from "../http/errors"
import type { StripeErrorBody } from "./objects"
import type { DeclineReason } from "./cards"

const GENERIC = "Your card was declined."

/** Message and, where it is not `card_declined`, error code of each reason. */
const DECLINES: Record<DeclineReason, { message: string; code?: string }> = {
  authentication_required: {
    code: "authentication_required",
    message:
      "Your card was declined. This transaction requires authentication.",
  },
  card_velocity_exceeded: {
    message:
      "Your card was declined for making repeated attempts too frequently or exceeding its amount limit.",
  },
  do_not_honor: { message: GENERIC },
  expired_card: { code: "expired_card", message: "Your card has expired." },
  fraudulent: { message: GENERIC },
  generic_decline: { message: GENERIC },
  incorrect_cvc: {
    code: "incorrect_cvc",
    message: "Your card's security code is incorrect.",
  },
  insufficient_funds: { message: "Your card has insufficient funds." },
  lost_card: { message: GENERIC },
  processing_error: {
    code: "processing_error",
    message:
      "An error occurred while processing your card. Try again in a little bit.",
  },
  stolen_card: { message: GENERIC },
}

/** The 402 for a refused card; `details` says what it was about. */
export function declineError(
  reason: DeclineReason,
  details: Partial<StripeErrorBody> = {}
): ApiError {
  const { message, code = "card_declined" } = DECLINES[reason]
  return cardError(message, { code, decline_code: reason, ...details })
}
