import { addMugOnce } from "./add-once"
import { takeAnotherBag } from "./change"
import { changeCard } from "./change-card"
import { registerCustomer, type DemoCustomer } from "./customer"
import { declineAndRecover } from "./decline"
import { showHistory } from "./ending"
import { joinTheClub } from "./membership"
import { makePlans } from "./plans"
import { enterThePortal } from "./portal-access"
import { countTastings } from "./usage"
import { renewThreeTimes } from "./renewals"
import { beginAgain } from "./resubscribe"
import { changeHerMind } from "./self-service"
import type { Stage } from "./stage"
import { showSubscription, subscribeToCoffee } from "./subscribe"
import { tryTheCourse } from "./trial"

/**
 * Plays the whole story over HTTP. Everything it tells is checked; it throws at
 * the first thing that is not so.
 */
export async function playScenario(stage: Stage): Promise<DemoCustomer> {
  stage.story.say(stage.stripe.introduction)
  const plans = await makePlans(stage)
  const customer = await registerCustomer(stage)
  const coffee = await subscribeToCoffee(stage, plans)
  await showSubscription(stage, coffee)
  await renewThreeTimes(stage, coffee)
  await declineAndRecover(stage, coffee)
  const course = await tryTheCourse(stage, plans)
  await changeCard(stage, coffee)
  await changeHerMind(stage, coffee)
  await addMugOnce(stage, coffee)
  await takeAnotherBag(stage, coffee)
  await joinTheClub(stage, plans)
  await countTastings(stage, plans, coffee)
  await beginAgain(stage, course)
  await enterThePortal(stage, customer)
  await showHistory(stage, coffee)
  return customer
}
