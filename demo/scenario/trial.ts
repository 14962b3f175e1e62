import { expectInstant, expectSame } from "../checks"
import { date, money } from "../print"
import {
  addSubscription,
  newCart,
  payAndComplete,
  subscriptionOf,
} from "./checkout"
import type { Plans } from "./plans"
import {
  cycleThatIs,
  expectCharged,
  previewCharge,
  readSubscription,
} from "./portal"
import type { Stage } from "./stage"
import { runRenewals, setClock } from "./time"

const START = "2026-06-01T10:00:00+02:00"
const END = "2026-06-15T10:00:00+02:00"

/** A trial: nothing to pay, a card for later, and a charge when it ends. */
export async function tryTheCourse(
  stage: Stage,
  plans: Plans
): Promise<string> {
  const { story } = stage
  await setClock(stage, START)
  story.chapter(`${date(START)}: Clara tries the brewing course`)
  const { id } = await newCart(stage)
  const cart = await addSubscription(stage, id, {
    sku: "COURSE-EN",
    planId: plans.course.id,
    quantity: 1,
  })
  expectSame("What is due today", cart.total, 0)
  const { order, intent } = await payAndComplete(stage, cart)
  expectSame("What saves the card", intent.split("_")[0], "seti")
  const subscriptionId = await subscriptionOf(stage, order.id)
  const trial = await readSubscription(stage, subscriptionId)
  const preview = await previewCharge(stage, subscriptionId)
  expectSame("The status", trial.status, "trialing")
  expectInstant("The end of the trial", trial.trial_ends_at, END)
  expectInstant("The first charge", preview.date, END)
  const price = (amount: number) => money(amount, preview.currency_code)
  story.table([
    [
      "To pay today",
      `${price(cart.total)}; Stripe saved the card (SetupIntent)`,
    ],
    ["Status", trial.status],
    ["First charge", `${date(preview.date)}, ${price(preview.amount)}`],
  ])

  story.chapter(`${date(END)}: the trial is over`)
  await setClock(stage, END)
  await runRenewals(stage)
  const cycle = await cycleThatIs(
    stage,
    subscriptionId,
    preview.cycle_id,
    "completed"
  )
  expectInstant("The day of the charge", cycle.paid_at, END)
  const charged = await expectCharged(stage, cycle, preview)
  const now = await readSubscription(stage, subscriptionId)
  expectSame("The status", now.status, "active")
  story.table([
    ["Charged", `${price(charged.amount)}, order #${charged.orderNumber}`],
    ["Status", now.status],
    ["Next charge", now.next_charge ? date(now.next_charge.date) : "none"],
  ])
  return subscriptionId
}
