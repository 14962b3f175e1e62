import type { CardBehaviour } from "./cards"
import type {
  Charge,
  Customer,
  DeletedCustomer,
  PaymentIntent,
  PaymentMethod,
  Refund,
  SetupIntent,
  StripeEvent,
} from "./objects"

/** What the issuer knows about a saved card and Stripe never tells. */
export interface CardState {
  behaviour: CardBehaviour
  /** Charges declined so far. */
  declined: number
  /** The customer authenticated the card for later use. */
  setUp: boolean
  /** Used or detached without a customer: may never be used again. */
  spent: boolean
}

/** Everything the double remembers, by id, in the order it was made. */
export class Store {
  readonly customers = new Map<string, Customer | DeletedCustomer>()
  readonly paymentMethods = new Map<string, PaymentMethod>()
  readonly paymentIntents = new Map<string, PaymentIntent>()
  readonly setupIntents = new Map<string, SetupIntent>()
  readonly charges = new Map<string, Charge>()
  readonly refunds = new Map<string, Refund>()
  readonly events = new Map<string, StripeEvent>()
  readonly cards = new Map<string, CardState>()
  /** Where 3-D Secure sends the customer back to, by intent. */
  readonly returnUrls = new Map<string, string>()
  /** Intents whose customer authenticated and that wait for a confirmation. */
  readonly authenticated = new Set<string>()

  clear(): void {
    const collections: { clear(): void }[] = [
      this.customers,
      this.paymentMethods,
      this.paymentIntents,
      this.setupIntents,
      this.charges,
      this.refunds,
      this.events,
      this.cards,
      this.returnUrls,
      this.authenticated,
    ]
    collections.forEach((collection) => collection.clear())
  }
}
