import { expectInstant, expectSame } from "../checks"
import { date, money } from "../print"
import {
  cycleThatIs,
  expectCharged,
  previewCharge,
  readSubscription,
} from "./portal"
import type { Stage } from "./stage"
import { FIRST_RENEWAL } from "./subscribe"
import { runRenewals, setClock } from "./time"

/** The last day of each month at ten, also after the clocks went forward. */
const DAYS = [
  FIRST_RENEWAL,
  "2026-03-31T10:00:00+02:00",
  "2026-04-30T10:00:00+02:00",
]

/** Three renewals on the right days, each charged what was announced. */
export async function renewThreeTimes(stage: Stage, id: string): Promise<void> {
  const { story } = stage
  story.chapter("The clock goes forward: three renewals")
  const rows = [["charged on", "previewed", "charged", "order", "next"]]
  for (const day of DAYS) {
    rows.push(await renewOn(stage, id, day))
  }
  story.table(rows)
  story.say()
  story.say(
    "Subscribed on the 31st: short months are charged on their last day,"
  )
  story.say("and at ten o'clock also after the clocks went forward in March.")
}

/**
 * One renewal that works, on the day for which it is announced.
 *
 * @returns day, preview, charge, order and next day, for the reader
 */
export async function renewOn(
  stage: Stage,
  id: string,
  day: string
): Promise<string[]> {
  const preview = await previewCharge(stage, id)
  expectInstant("The day of the renewal", preview.date, day)
  await setClock(stage, day)
  await runRenewals(stage)
  const cycle = await cycleThatIs(stage, id, preview.cycle_id, "completed")
  expectInstant("The day of the charge", cycle.paid_at, day)
  const charged = await expectCharged(stage, cycle, preview)

  const { next_charge: next, status } = await readSubscription(stage, id)
  expectSame("The status", status, "active")
  return [
    date(day),
    money(preview.amount, preview.currency_code),
    money(charged.amount, charged.currency),
    `#${charged.orderNumber}`,
    next ? date(next.date) : "",
  ]
}
