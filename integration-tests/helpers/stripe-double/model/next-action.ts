import type { PaymentIntent, SetupIntent } from "./objects"
import type { World } from "./world"

/** How the customer comes back from 3-D Secure. */
export interface ReturnPath {
  returnUrl?: string
  useStripeSdk: boolean
}

/** The page of the double that plays the customer's bank. */
export const BANK_PATH = "/_double/bank/{intent}"

/** Sends the customer of this intent to his bank. */
export function requireAction(
  world: World,
  intent: PaymentIntent | SetupIntent,
  { returnUrl, useStripeSdk }: ReturnPath
): void {
  const url = world.baseUrl + BANK_PATH.replace("{intent}", intent.id)
  if (returnUrl && !useStripeSdk) {
    world.store.returnUrls.set(intent.id, returnUrl)
    intent.next_action = {
      type: "redirect_to_url",
      redirect_to_url: { return_url: returnUrl, url },
    }
    return
  }
  intent.next_action = {
    type: "use_stripe_sdk",
    use_stripe_sdk: { type: "three_d_secure_redirect", stripe_js: url },
  }
}
