import { invalidParams, invalidState } from "../http/errors"
import type { Params } from "../http/params"
import type {
  AutomaticPaymentMethods,
  CardOptions,
  PaymentIntent,
  SetupIntent,
} from "../model/objects"
import type { World } from "../model/world"

/** From this version on Stripe picks the payment method types by itself. */
const AUTOMATIC_SINCE = "2023-08-16"

type WithTypes = Pick<
  PaymentIntent,
  | "automatic_payment_methods"
  | "payment_method_options"
  | "payment_method_types"
>

/** Reads which payment methods a new intent takes. */
export function readPaymentMethodTypes(
  world: World,
  params: Params
): WithTypes {
  const types = params.list("payment_method_types")
  const automatic = readAutomatic(params)
  if (types && automatic?.enabled) {
    throw invalidParams(
      "You may only specify one of these parameters: automatic_payment_methods, payment_method_types.",
      { param: "payment_method_types" }
    )
  }
  const byDefault: AutomaticPaymentMethods | null =
    !types && world.apiVersion >= AUTOMATIC_SINCE
      ? { enabled: true, allow_redirects: "always" }
      : null
  const payment_method_types = types ?? ["card"]
  return {
    automatic_payment_methods: automatic ?? byDefault,
    payment_method_types,
    payment_method_options: readOptions(params, payment_method_types),
  }
}

/**
 * A server that confirms an intent which may redirect the customer has to say
 * where he comes back to.
 */
export function assertReturnUrl(
  intent: WithTypes,
  returnUrl: string | undefined
): void {
  const automatic = intent.automatic_payment_methods
  const mayRedirect =
    automatic?.enabled === true && automatic.allow_redirects !== "never"
  if (mayRedirect && returnUrl === undefined) {
    throw invalidParams(
      "This intent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
      { param: "return_url" }
    )
  }
}

/** Refuses an intent that does not take cards: the double knows only cards. */
export function assertTakesCards(intent: WithTypes): void {
  if (!intent.payment_method_types.includes("card")) {
    throw invalidState(
      `The PaymentMethod provided (card) is not allowed for this intent. It takes: ${intent.payment_method_types.join(", ")}.`,
      { param: "payment_method" }
    )
  }
}

/** Refuses a client secret of another intent. */
export function assertClientSecret(
  params: Params,
  intent: PaymentIntent | SetupIntent
): void {
  const secret = params.id("client_secret")
  if (secret !== undefined && secret !== intent.client_secret) {
    throw invalidState(
      "The client_secret provided does not match the client_secret associated with this intent.",
      { param: "client_secret" }
    )
  }
}

function readAutomatic(params: Params): AutomaticPaymentMethods | undefined {
  const sent = params.nested("automatic_payment_methods")
  return sent
    ? {
        enabled: sent.flag("enabled"),
        allow_redirects:
          sent.word("allow_redirects", ["always", "never"]) ?? "always",
      }
    : undefined
}

function readOptions(params: Params, types: string[]): CardOptions {
  const card = params.nested("payment_method_options")?.nested("card")
  return types.includes("card")
    ? {
        card: {
          installments: null,
          mandate_options: null,
          network: null,
          request_three_d_secure:
            card?.text("request_three_d_secure") ?? "automatic",
        },
      }
    : {}
}
