import { cardError, invalidState } from "../http/errors"
import { cardByTestId, type TestCard } from "./cards"
import { declineError } from "./declines"
import { fingerprintOf } from "./ids"
import { cardStateOf, paymentMethodOf } from "./lookup"
import type { BillingDetails, Metadata, PaymentMethod } from "./objects"
import { emit, type World } from "./world"

const SPENT =
  "The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first."

/** When the cards of test ids and tokens run out. */
const DEFAULT_EXPIRY = { month: 8, year: 2040 }

/** What a new payment method is made of. */
export interface NewCard {
  card: TestCard
  expiry?: { month: number; year: number }
  billing?: BillingDetails
  metadata?: Metadata
  cvcChecked?: boolean
}

/** Billing details nobody gave. */
export function noBilling(): BillingDetails {
  return {
    address: {
      city: null,
      country: null,
      line1: null,
      line2: null,
      postal_code: null,
      state: null,
    },
    email: null,
    name: null,
    phone: null,
  }
}

/** Makes a payment method that belongs to nobody yet. */
export function createPaymentMethod(
  world: World,
  { card, expiry = DEFAULT_EXPIRY, billing, metadata, cvcChecked }: NewCard
): PaymentMethod {
  assertNotExpired(world, expiry)
  const method: PaymentMethod = {
    id: world.ids.next("pm"),
    object: "payment_method",
    billing_details: billing ?? noBilling(),
    card: {
      brand: card.brand,
      checks: {
        address_line1_check: null,
        address_postal_code_check: null,
        cvc_check: cvcChecked ? "pass" : null,
      },
      country: "US",
      exp_month: expiry.month,
      exp_year: expiry.year,
      fingerprint: fingerprintOf(card.number),
      funding: "credit",
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      three_d_secure_usage: { supported: true },
      wallet: null,
    },
    created: world.now(),
    customer: null,
    livemode: false,
    metadata: metadata ?? {},
    type: "card",
  }
  world.store.paymentMethods.set(method.id, method)
  world.store.cards.set(method.id, {
    behaviour: card.behaviour,
    declined: 0,
    setUp: false,
    spent: false,
  })
  return method
}

/** The payment method with this id; a test id such as `pm_card_visa` is new. */
export function resolvePaymentMethod(
  world: World,
  id: string,
  param?: string
): PaymentMethod {
  const card = cardByTestId(id)
  return card
    ? createPaymentMethod(world, { card })
    : paymentMethodOf(world.store, id, param)
}

/** Saves a payment method to a customer; the issuer may refuse. */
export function attachPaymentMethod(
  world: World,
  method: PaymentMethod,
  customerId: string
): void {
  if (method.customer === customerId) {
    return
  }
  if (method.customer !== null) {
    throw invalidState(
      "The payment method you provided has already been attached to a customer."
    )
  }
  const state = cardStateOf(world.store, method.id)
  if (state.spent) {
    throw invalidState(SPENT)
  }
  if (state.behaviour.declineOnSetup && state.behaviour.decline) {
    throw declineError(state.behaviour.decline)
  }
  method.customer = customerId
  emit(world, "payment_method.attached", method)
}

/** Takes a payment method from its customer; it can never be used again. */
export function detachPaymentMethod(world: World, method: PaymentMethod): void {
  const { store } = world
  const owner = method.customer && store.customers.get(method.customer)
  if (owner && !("deleted" in owner)) {
    const settings = owner.invoice_settings
    if (settings.default_payment_method === method.id) {
      settings.default_payment_method = null
    }
  }
  const before = { customer: method.customer }
  method.customer = null
  cardStateOf(store, method.id).spent = true
  // The object says nothing any more of whose it was.
  emit(world, "payment_method.detached", method, before)
}

/** Refuses a payment method that this customer may not use. */
export function assertUsableBy(
  world: World,
  method: PaymentMethod,
  customerId: string | null
): void {
  if (method.customer !== null && method.customer !== customerId) {
    throw invalidState(
      customerId === null
        ? `The payment method '${method.id}' belongs to a customer. Please include the customer in the \`customer\` parameter.`
        : `PaymentMethod ${method.id} does not belong to the Customer you supplied ${customerId}. Please use this PaymentMethod with the Customer that it belongs to instead.`,
      { param: "payment_method" }
    )
  }
  if (cardStateOf(world.store, method.id).spent) {
    throw invalidState(SPENT, { param: "payment_method" })
  }
}

function assertNotExpired(
  world: World,
  expiry: { month: number; year: number }
): void {
  const today = new Date(world.now() * 1000)
  const past =
    expiry.year < today.getUTCFullYear() ||
    (expiry.year === today.getUTCFullYear() &&
      expiry.month < today.getUTCMonth() + 1)
  if (past) {
    throw cardError("Your card's expiration year is invalid.", {
      code: "invalid_expiry_year",
      param: "exp_year",
    })
  }
}
