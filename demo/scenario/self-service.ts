import type {
  CancellationResponse,
  SubscriptionActionResponse,
} from "../../src/types/subscription-actions-http"
import type { SubscriptionDetail } from "../../src/types/subscription-http"
import { expectSame, there } from "../checks"
import { date } from "../print"
import { readSubscription } from "./portal"
import { get, post, type Stage } from "./stage"

/**
 * Clara goes away for the summer: she skips, pauses, nearly cancels, and in the end
 * everything is as it was. The store's staff are not needed for any of it.
 */
export async function changeHerMind(stage: Stage, id: string): Promise<void> {
  const { shop, story } = stage
  story.chapter("Clara is away, and changes her mind")
  const path = `/store/portal/subscriptions/${id}`
  const act = async (action: string, body: Record<string, unknown> = {}) =>
    (await post<SubscriptionActionResponse>(shop, `${path}/${action}`, body))
      .subscription
  const before = nextDate(await readSubscription(stage, id))

  const skipped = await act("skip")
  const back = await act("unskip")
  expectSame(
    "The next charge after the skip is taken back",
    nextDate(back),
    before
  )

  const paused = await act("pause", { cycles: 2 })
  expectSame("The status", paused.status, "paused")
  expectSame("The next charge in a pause", paused.next_charge, null)
  const resumes = there("The end of the pause", paused.resumes_at)
  const resumed = await act("resume", { charge: "next_period" })
  expectSame("The next charge after the pause", nextDate(resumed), before)

  const { cancellation } = await get<CancellationResponse>(
    shop,
    `${path}/cancellation`
  )
  const canceled = await act("cancel", { reason_code: "unused" })
  expectSame(
    "The end of it",
    canceled.cancel_at,
    cancellation.period_end.ends_at
  )
  const kept = await act("reactivate")
  expectSame("The next charge in the end", nextDate(kept), before)
  story.table([
    ["Next charge", date(before)],
    ["She skips it", `${date(nextDate(skipped))} instead, and takes that back`],
    ["She pauses", `until ${date(resumes)}, and resumes the same day`],
    [
      "She cancels",
      `for ${date(cancellation.period_end.ends_at)}, and keeps it`,
    ],
    ["Next charge", `${date(nextDate(kept))}, as before`],
  ])
}

function nextDate({ next_charge }: SubscriptionDetail): string {
  return there("The next charge", next_charge).date
}
