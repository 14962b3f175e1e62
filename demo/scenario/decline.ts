import { expectInstant, expectSame, there } from "../checks"
import { date, money } from "../print"
import {
  cycleThatIs,
  expectCharged,
  previewCharge,
  readSubscription,
} from "./portal"
import { renewOn } from "./renewals"
import type { Stage } from "./stage"
import { runRenewals, setClock } from "./time"

const DUE = "2026-05-31T10:00:00+02:00"
const RETRY = "2026-06-01T10:00:00+02:00"
const NEXT = "2026-06-30T10:00:00+02:00"

/** A charge is declined, tried again on the announced day, and works. */
export async function declineAndRecover(
  stage: Stage,
  id: string
): Promise<void> {
  const { story, stripe } = stage
  if (!stripe.setCard) {
    story.chapter(`${date(DUE)}: a fourth renewal`)
    story.table([await renewOn(stage, id, DUE)])
    story.say()
    story.say(
      "Left out: a card that begins to decline. Stripe's test mode cannot"
    )
    story.say("change a saved card; the double can (without STRIPE_API_KEY).")
    return
  }
  story.chapter(`${date(DUE)}: the card is declined`)
  const before = await readSubscription(stage, id)
  const card = there("The saved card", before.payment_method?.payment_method_id)
  const preview = await previewCharge(stage, id)
  expectInstant("The day of the renewal", preview.date, DUE)

  const orders = await countOrders(stage)
  stripe.setCard(card, "declines")
  await setClock(stage, DUE)
  await runRenewals(stage)
  const declined = await cycleThatIs(
    stage,
    id,
    preview.cycle_id,
    "retry_scheduled"
  )
  const pastDue = await readSubscription(stage, id)
  expectSame("The status", pastDue.status, "past_due")
  expectSame("The number of orders", await countOrders(stage), orders)
  expectInstant("The next try", pastDue.next_charge?.date, RETRY)
  const dunning = there("What comes of it", pastDue.dunning)
  const price = (amount: number) => money(amount, declined.currency_code)
  story.table([
    ["Charge of", price(preview.amount)],
    ["Stripe says", declined.failure_code ?? ""],
    ["Status", pastDue.status],
    ["Order", "none, nothing is sent"],
    ["Tried again", date(RETRY)],
    ["Tries left", String(dunning.tries_left)],
    ["Access stays until", date(there("The grace", pastDue.grace_ends_at))],
  ])

  story.chapter(`${date(RETRY)}: Clara has topped up her account`)
  const again = await previewCharge(stage, id)
  expectInstant("The day of the next try", again.date, RETRY)
  expectSame("The amount of the next try", again.amount, preview.amount)
  stripe.setCard(card, "works")
  await setClock(stage, RETRY)
  await runRenewals(stage)
  const paid = await cycleThatIs(stage, id, preview.cycle_id, "completed")
  expectInstant("The day of the charge", paid.paid_at, RETRY)
  const { amount, orderNumber } = await expectCharged(stage, paid, preview)
  const recovered = await readSubscription(stage, id)
  expectSame("The status", recovered.status, "active")
  expectInstant("The next renewal", recovered.next_charge?.date, NEXT)
  story.table([
    ["Charged", `${price(amount)}, order #${orderNumber}`],
    ["Status", recovered.status],
    ["Next charge", `${date(NEXT)}: the rhythm did not move`],
  ])
}

async function countOrders({ shop }: Stage): Promise<number> {
  return (await shop.store.order.list({ limit: 1 })).count
}
