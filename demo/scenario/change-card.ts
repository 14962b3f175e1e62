import type {
  PaymentMethodListResponse,
  PaymentMethodResponse,
  PaymentMethodView,
  PaymentSetupResponse,
} from "../../src/types/payment-method-http"
import { expectSame, there } from "../checks"
import { previewCharge, readSubscription } from "./portal"
import { get, post, type Stage } from "./stage"

const PATH = "/store/portal/payment-methods"
const STRIPE = "pp_stripe_stripe"
const CARD = "pm_card_mastercard"

/**
 * Clara gives another card in the portal, as with Stripe's form: a SetupIntent,
 * confirmed in the browser, and taken for her subscriptions.
 */
export async function changeCard(stage: Stage, id: string): Promise<void> {
  const { shop, story, stripe } = stage
  story.chapter("Clara pays with another card")
  const before = await readSubscription(stage, id)
  const old = there("The saved card", before.payment_method?.payment_method_id)

  const { payment_setup: setup } = await post<PaymentSetupResponse>(
    shop,
    `${PATH}/setup`,
    { provider_id: STRIPE }
  )
  const secret = there("The client secret", setup.client_secret)
  const status = await stripe.confirm(secret, CARD)
  expectSame("The status of the SetupIntent", status, "succeeded")
  const { payment_method: card } = await post<PaymentMethodResponse>(
    shop,
    `${PATH}/confirm`,
    {
      provider_id: STRIPE,
      setup_id: setup.id,
      set_default: true,
      apply_to_subscriptions: true,
    }
  )
  expectSame("The brand of the new card", card.brand, "mastercard")
  expectSame("Whether it is the default", card.is_default, true)

  const after = await readSubscription(stage, id)
  expectSame(
    "The card of the subscription",
    after.payment_method?.payment_method_id,
    card.id
  )
  const next = await previewCharge(stage, id)
  expectSame(
    "The card of the next charge",
    next.payment_method?.payment_method_id,
    card.id
  )
  const { payment_methods: cards } = await get<PaymentMethodListResponse>(
    shop,
    PATH
  )
  expectSame(
    "Whether the old card is still saved",
    cards.some((one) => one.id === old),
    true
  )
  story.table(cards.map((one) => [nameOf(one), notesOf(one)]))
}

function nameOf({ brand, last4, exp_month, exp_year }: PaymentMethodView) {
  return `${brand ?? "card"} …${last4 ?? "????"}, until ${exp_month}/${exp_year}`
}

function notesOf({ is_default, used_by }: PaymentMethodView): string {
  const pays = used_by.map(({ plan_name, id }) => plan_name ?? id).join(", ")
  return [is_default && "default", pays && `pays for ${pays}`]
    .filter(Boolean)
    .join(", ")
}
