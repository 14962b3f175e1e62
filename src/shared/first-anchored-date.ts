import { DateTime } from "luxon"
import { requireWhole, toDayOfMonth } from "./billing-arithmetic"
import { openMoment, type BillingMoment, type SameForm } from "./billing-form"

/** The day on which all dates shall fall: of the month, or of the week. */
export type AnchorDay =
  | { day_of_month: number; weekday?: null }
  | { weekday: number; day_of_month?: null }

/**
 * The first date on or after a purchase that falls on a fixed day, at the
 * purchase's local time of day: the anchor of a subscription whose dates are
 * always, say, the 1st or a Monday. A purchase on the day itself is its own
 * anchor. A month that lacks the day has it on its last day; so keep
 * `day_of_month` with the subscription and pass it on to `billingDate`, or
 * an anchor on 28 February would never see the 31st again.
 *
 * @param input - `from`: the purchase, a day or an instant; `timezone`: IANA
 * name; `day_of_month`: 1 to 31, or `weekday`: 1 (Monday) to 7 (Sunday)
 * @returns the date, in the form in which `from` came
 * @throws CodedError `billing_rule_invalid`, `date_invalid`,
 * `date_out_of_range`, `timezone_unknown`
 * @example
 * firstAnchoredDate({
 *   from: "2023-02-10", timezone: "UTC", day_of_month: 31,
 * }) // "2023-02-28"
 */
export function firstAnchoredDate<M extends BillingMoment>(
  input: { from: M; timezone: string } & AnchorDay
): SameForm<M> {
  const moment = openMoment(input.from, input.timezone)
  const from = DateTime.fromMillis(moment.toLocal(moment.position), {
    zone: "utc",
  })
  const first =
    input.day_of_month != null
      ? onDayOfMonth(from, input.day_of_month)
      : onWeekday(from, input.weekday)
  return moment.format(
    first.equals(from) ? moment.position : moment.toPosition(first.toMillis())
  )
}

function onDayOfMonth(from: DateTime, day: number): DateTime {
  requireWhole("day_of_month", day, 1, 31)
  const here = toDayOfMonth(from, day)
  return here >= from ? here : toDayOfMonth(from.plus({ months: 1 }), day)
}

function onWeekday(from: DateTime, weekday: number): DateTime {
  requireWhole("weekday", weekday, 1, 7)
  return from.plus({ days: (weekday - from.weekday + 7) % 7 })
}
