import { matchPath } from "../api/path-template"
import { authenticate, type Authentication } from "../model/authentication"
import { BANK_PATH } from "../model/next-action"
import type { World } from "../model/world"

/** A page of the bank, or where it sends the customer. */
export type BankAnswer = { html: string } | { location: string }

/**
 * The page on which a customer answers 3-D Secure in a browser. `undefined`
 * when the path is not the bank's.
 */
export function visitBank(
  world: World,
  path: string,
  answer: Authentication | undefined
): BankAnswer | undefined {
  const intentId = matchPath(BANK_PATH, path)?.intent
  if (intentId === undefined) {
    return undefined
  }
  const intent =
    world.store.paymentIntents.get(intentId) ??
    world.store.setupIntents.get(intentId)
  if (intent?.status !== "requires_action") {
    return { html: page("<p>There is nothing to confirm here.</p>") }
  }
  if (answer === undefined) {
    return { html: page(QUESTION) }
  }
  authenticate(world, intentId, answer)
  const returnUrl = world.store.returnUrls.get(intentId)
  if (returnUrl === undefined) {
    return { html: page("<p>Done. You can close this page.</p>") }
  }
  const location = new URL(returnUrl)
  const { object, client_secret } = intent
  location.searchParams.set(object, intentId)
  location.searchParams.set(`${object}_client_secret`, client_secret)
  location.searchParams.set(
    "redirect_status",
    answer === "success" ? "succeeded" : "failed"
  )
  return { location: location.href }
}

const QUESTION = `<p>This is the test bank of the Stripe double.</p>
<form method="post">
<button name="answer" value="success">Complete authentication</button>
<button name="answer" value="failure">Fail authentication</button>
</form>`

function page(body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>3-D Secure</title></head>
<body><h1>3-D Secure</h1>
${body}
</body>
</html>`
}
