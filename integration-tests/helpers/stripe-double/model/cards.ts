/** Why an issuer refuses a card. */
export type DeclineReason =
  | "authentication_required"
  | "card_velocity_exceeded"
  | "do_not_honor"
  | "expired_card"
  | "fraudulent"
  | "generic_decline"
  | "incorrect_cvc"
  | "insufficient_funds"
  | "lost_card"
  | "processing_error"
  | "stolen_card"

/** What goes wrong around a charge although the card itself is fine. */
export interface ChargeFault {
  /** Whether it happens before the money moves or after. */
  when: "before" | "after"
  /** Never answer, cut the connection, or answer 500. */
  effect: "timeout" | "reset" | "500"
}

/** How a card reacts to being set up and charged. */
export interface CardBehaviour {
  decline?: DeclineReason
  /** Decline only this many charges, then succeed. */
  declineTimes?: number
  /**
   * - `always`: every on-session payment asks for 3-D Secure, every off-session
   *   one is declined
   * - `until_set_up`: only while the card was not set up with 3-D Secure
   * - `on_session`: on-session payments ask, off-session ones pass
   */
  authentication?: "always" | "until_set_up" | "on_session"
  fault?: ChargeFault
  /** Also decline when the card is saved to a customer. */
  declineOnSetup?: boolean
}

/** A test card, known by number, by `pm_card_<name>` and by `tok_<name>`. */
export interface TestCard {
  name: string
  number: string
  brand: string
  behaviour: CardBehaviour
}

function card(
  name: string,
  number: string,
  behaviour: CardBehaviour = {},
  brand = "visa"
): TestCard {
  return { name, number, brand, behaviour }
}

function refused(name: string, number: string, decline: DeclineReason) {
  return card(name, number, { decline, declineOnSetup: true })
}

/** The cards of https://docs.stripe.com/testing. */
const STRIPE_CARDS: TestCard[] = [
  card("visa", "4242424242424242"),
  card("visa_debit", "4000056655665556"),
  card("mastercard", "5555555555554444", {}, "mastercard"),
  card("amex", "378282246310005", {}, "amex"),
  refused("visa_chargeDeclined", "4000000000000002", "generic_decline"),
  refused(
    "visa_chargeDeclinedInsufficientFunds",
    "4000000000009995",
    "insufficient_funds"
  ),
  refused("visa_chargeDeclinedLostCard", "4000000000009987", "lost_card"),
  refused("visa_chargeDeclinedStolenCard", "4000000000009979", "stolen_card"),
  refused("chargeDeclinedExpiredCard", "4000000000000069", "expired_card"),
  refused("chargeDeclinedIncorrectCvc", "4000000000000127", "incorrect_cvc"),
  refused(
    "chargeDeclinedProcessingError",
    "4000000000000119",
    "processing_error"
  ),
  refused(
    "visa_chargeDeclinedVelocityLimitExceeded",
    "4000000000006975",
    "card_velocity_exceeded"
  ),
  card("chargeCustomerFail", "4000000000000341", {
    decline: "generic_decline",
  }),
  card("authenticationRequired", "4000002760003184", {
    authentication: "always",
  }),
  card("authenticationRequiredOnSetup", "4000002500003155", {
    authentication: "until_set_up",
  }),
  card("authenticationRequiredSetupForOffSession", "4000003800000446", {
    authentication: "on_session",
  }),
  card(
    "authenticationRequiredChargeDeclinedInsufficientFunds",
    "4000008260003178",
    { authentication: "always", decline: "insufficient_funds" }
  ),
]

/**
 * Cards Stripe has no test number for: they can be saved and then fail, which
 * is what a renewal meets in real life.
 */
const DOUBLE_CARDS: TestCard[] = [
  card("savedInsufficientFunds", "4000009000000019", {
    decline: "insufficient_funds",
  }),
  card("savedInsufficientFundsOnce", "4000009000000027", {
    decline: "insufficient_funds",
    declineTimes: 1,
  }),
  card("savedInsufficientFundsTwice", "4000009000000035", {
    decline: "insufficient_funds",
    declineTimes: 2,
  }),
  card("savedLostCard", "4000009000000043", { decline: "lost_card" }),
  card("savedStolenCard", "4000009000000050", { decline: "stolen_card" }),
  card("savedExpiredCard", "4000009000000068", { decline: "expired_card" }),
  card("savedIncorrectCvc", "4000009000000076", { decline: "incorrect_cvc" }),
  card("savedProcessingError", "4000009000000084", {
    decline: "processing_error",
  }),
  card("timeoutAfterCharge", "4000009000000092", {
    fault: { when: "after", effect: "timeout" },
  }),
  card("resetAfterCharge", "4000009000000100", {
    fault: { when: "after", effect: "reset" },
  }),
  card("errorAfterCharge", "4000009000000118", {
    fault: { when: "after", effect: "500" },
  }),
  card("errorBeforeCharge", "4000009000000126", {
    fault: { when: "before", effect: "500" },
  }),
]

/** Every card the double knows. */
export const TEST_CARDS: readonly TestCard[] = [
  ...STRIPE_CARDS,
  ...DOUBLE_CARDS,
]

const PAYMENT_METHOD_PREFIX = "pm_card_"
const TOKEN_PREFIX = "tok_"

/** The card behind a card number; spaces are ignored. */
export function cardByNumber(number: string): TestCard | undefined {
  const digits = number.replace(/\s/g, "")
  return TEST_CARDS.find((known) => known.number === digits)
}

/** The card behind a token such as `tok_visa`. */
export function cardByToken(token: string): TestCard | undefined {
  return TEST_CARDS.find((known) => token === TOKEN_PREFIX + known.name)
}

/** The card behind a test payment method such as `pm_card_visa`. */
export function cardByTestId(id: string): TestCard | undefined {
  return TEST_CARDS.find((known) => id === PAYMENT_METHOD_PREFIX + known.name)
}
