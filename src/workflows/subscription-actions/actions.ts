/** What customers and staff do with a subscription, one function an action. */
import type { MedusaContainer } from "@medusajs/framework/types"
import {
  pause,
  type PauseInput,
} from "../../modules/subscription/domain/actions/pause"
import {
  cancel,
  reactivate,
  type CancelInput,
} from "../../modules/subscription/domain/actions/cancel"
import { reschedule } from "../../modules/subscription/domain/actions/reschedule"
import {
  resume,
  type ResumeInput,
} from "../../modules/subscription/domain/actions/resume"
import { acceptOffer } from "../../modules/subscription/domain/actions/retention"
import { skip, unskip } from "../../modules/subscription/domain/actions/skip"
import { unpark } from "../../modules/subscription/domain/actions/unpark"
import { voidCanceledPayments } from "./void-payments"
import {
  changeSubscription,
  type ActionRequest,
  type ActionResult,
} from "./change-subscription"

type Action<Input = void> = (
  container: MedusaContainer,
  request: ActionRequest,
  input: Input
) => Promise<ActionResult>

/** See `pause` of the domain. */
export const pauseSubscription: Action<PauseInput> = (
  container,
  request,
  input
) => changeSubscription(container, request, (context) => pause(context, input))

/** See `resume` of the domain; charges at once where that is asked for. */
export const resumeSubscription: Action<ResumeInput> = (
  container,
  request,
  input
) => changeSubscription(container, request, (context) => resume(context, input))

/** See `skip` of the domain. */
export const skipCycles: Action<{ cycles?: number }> = (
  container,
  request,
  input
) => changeSubscription(container, request, (context) => skip(context, input))

/** See `unskip` of the domain. */
export const unskipCycles: Action = (container, request) =>
  changeSubscription(container, request, unskip)

/** See `reschedule` of the domain. */
export const rescheduleCharge: Action<{ date: string }> = (
  container,
  request,
  input
) =>
  changeSubscription(container, request, (context) =>
    reschedule(context, input)
  )

/** See `unpark` of the domain. */
export const unparkSubscription: Action = (container, request) =>
  changeSubscription(container, request, unpark)

/** See `cancel` of the domain. A payment that still waits is made void. */
export const cancelSubscription: Action<CancelInput> = async (
  container,
  request,
  input
) => {
  const result = await changeSubscription(container, request, (context) =>
    cancel(context, input)
  )
  if (result.change.subscription?.status === "canceled") {
    await voidCanceledPayments(container, { subscription_id: request.id })
  }
  return result
}

/** See `reactivate` of the domain. */
export const reactivateSubscription: Action = (container, request) =>
  changeSubscription(container, request, reactivate)

/** See `acceptOffer` of the domain. */
export const acceptRetentionOffer: Action<{ offer_id: string }> = (
  container,
  request,
  input
) =>
  changeSubscription(container, request, (context) =>
    acceptOffer(context, input)
  )
