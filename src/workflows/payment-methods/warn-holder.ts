import type { MedusaContainer } from "@medusajs/framework/types"
import { MedusaError } from "@medusajs/framework/utils"
import {
  daysLeft,
  dueWarning,
  type Expiry,
} from "../../modules/payment-method/domain/card-expiry"
import { sendMail } from "../mails/send-mail"
import type { AccountHolder } from "../payments/account-holder"
import { once } from "../payments/exclusively"
import { createPortalLink } from "../portal-sessions/create-link"
import { cardOf, defaultOf, expiryOf } from "./method-view"
import { listOf, type SavedMethod } from "./saved-methods"
import type { Watched } from "./watched-holders"

/** The link's mail is read for as long as the card is good. */
const RECOVER_SECONDS = 35 * 86_400

/** An account holder whose cards are looked at, and who is told. */
export type WatchedHolder = Watched & { holder: AccountHolder; email: string }

/**
 * Warns of the cards of one account holder that end soon, each once.
 *
 * @returns how many warnings were sent; null where the provider did not answer
 */
export async function warnHolder(
  container: MedusaContainer,
  watched: WatchedHolder,
  now: Date
): Promise<number | null> {
  const methods = await listOf(container, watched.holder)
  if (!methods) {
    return null
  }
  let warned = 0
  const chosen = defaultOf(watched.holder)
  for (const method of methods) {
    const expiry = expiryOf(method)
    const warning = expiry && dueWarning(expiry, now)
    const matters = watched.used.includes(method.id) || method.id === chosen
    if (!expiry || !warning || !matters) {
      continue
    }
    const card = `${method.provider_id}:${method.id}:${expiry.exp_year}-${expiry.exp_month}`
    const occasion = `${card}:${warning}`
    const isFirst = await once(
      container,
      `card-warning:${occasion}`,
      async () => {
        const days = daysLeft(expiry, now)
        await warn(container, watched, { method, expiry, days }, occasion)
      }
    )
    warned += isFirst ? 1 : 0
  }
  return warned
}

async function warn(
  container: MedusaContainer,
  { tenant, customer_id, email, locale }: WatchedHolder,
  card: { method: SavedMethod; expiry: Expiry; days: number },
  occasion: string
): Promise<void> {
  const { url } = await createPortalLink(container, {
    tenant,
    customer_id,
    created_via: "email_link",
    flow: { type: "payment_method_update", data: {} },
    recover_seconds: RECOVER_SECONDS,
    locale,
  })
  const result = await sendMail(container, {
    template: "card-expiring",
    to: email,
    tenant,
    locale,
    props: { ...cardOf(card.method), ...card.expiry, days: card.days, url },
    idempotency_key: `card-expiring:${occasion}`,
    receiver_id: customer_id,
    resource_id: card.method.id,
    resource_type: "payment_method",
  })
  if (!result.sent && result.reason === "failed") {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      "The warning was not sent; the next run sends it."
    )
  }
}
