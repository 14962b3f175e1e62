import path from "node:path"

import type { Cleanup } from "../cleanup"
import { startKeptDouble } from "./kept-double"

const STRIPE_URL = "https://api.stripe.com"

/** What the scenario needs of Stripe besides the store's own calls. */
export type Stripe = {
  /** For `medusa-config.ts`. */
  env: Record<string, string>
  /** One sentence for the reader. */
  introduction: string
  /**
   * What Stripe.js does in the browser: confirms an intent with a card.
   * @returns the intent's status
   */
  confirm(clientSecret: string, card: string): Promise<string>
  /** What Stripe took for a payment intent, in the smallest units. */
  received(paymentIntentId: string): Promise<number>
  /** Changes a saved card. Only the double can. */
  setCard?(paymentMethodId: string, behaviour: "declines" | "works"): void
  /** Writes down what the double knows, also against a crash. */
  save?: () => void
}

/** Stripe's test mode if there is a key for it, else the double. */
export async function openStripe(
  home: string,
  cleanup: Cleanup
): Promise<Stripe> {
  const key = process.env.STRIPE_API_KEY
  if (key) {
    return realStripe(key)
  }
  const double = await startKeptDouble(path.join(home, "stripe-double.json"))
  cleanup.add(async () => {
    double.save()
    await double.close()
  })
  const api = stripeApi(double.url, "sk_test_double")
  return {
    env: { STRIPE_DOUBLE_URL: double.url },
    introduction:
      "Stripe is played by a local double: no account, no network, no money.",
    async confirm(clientSecret, card) {
      // With the publishable key, as a browser does.
      const browser = stripeApi(double.url, "pk_test_double")
      return confirmIntent(browser, clientSecret, {
        client_secret: clientSecret,
        payment_method: card,
      })
    },
    received: (id) => receivedBy(api, id),
    save: double.save,
    setCard(paymentMethodId, behaviour) {
      double.setCardBehaviour(
        paymentMethodId,
        behaviour === "works" ? {} : { decline: "insufficient_funds" }
      )
    },
  }
}

function realStripe(key: string): Stripe {
  const api = stripeApi(STRIPE_URL, key)
  return {
    env: {},
    introduction:
      "Stripe is Stripe: its test mode, with the key of STRIPE_API_KEY.",
    // A browser would use the publishable key, which nobody gave us.
    confirm: (clientSecret, card) =>
      confirmIntent(api, clientSecret, { payment_method: card }),
    received: (id) => receivedBy(api, id),
  }
}

type Intent = { status: string; amount_received?: number }
type Api = (path: string, form?: Record<string, string>) => Promise<Intent>

async function confirmIntent(
  api: Api,
  clientSecret: string,
  form: Record<string, string>
): Promise<string> {
  const id = clientSecret.split("_secret")[0] ?? ""
  const kind = id.startsWith("seti_") ? "setup_intents" : "payment_intents"
  const intent = await api(`/v1/${kind}/${id}/confirm`, {
    return_url: "http://localhost:8000/return",
    ...form,
  })
  return intent.status
}

async function receivedBy(api: Api, id: string): Promise<number> {
  return (await api(`/v1/payment_intents/${id}`)).amount_received ?? 0
}

/** Stripe's API, which is the same on the double. */
function stripeApi(url: string, key: string): Api {
  return async (path, form) => {
    const response = await fetch(new URL(path, url), {
      headers: { authorization: `Bearer ${key}` },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    })
    const body = (await response.json()) as Intent & {
      error?: { message: string }
    }
    if (!response.ok) {
      throw new Error(`Stripe refused ${path}: ${body.error?.message}`)
    }
    return body
  }
}
