import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import pLimit from "p-limit"
import { toPortalErrorResponse } from "../../errors/error-handler"
import type { Actor } from "../../modules/subscription/domain/actions/action-context"
import type { CancelInput } from "../../modules/subscription/domain/actions/cancel"
import type { PauseInput } from "../../modules/subscription/domain/actions/pause"
import type { BulkResult } from "../../types/subscription-staff-http"
import { EVERYONE } from "../subscription-reads/reader"
import { cancelSubscription, pauseSubscription } from "./actions"

/** What is done with each, with what the action of one takes. */
export type BulkAction =
  ({ action: "pause" } & PauseInput) | ({ action: "cancel" } & CancelInput)

/** Few enough to leave connections to everybody else. */
const AT_ONCE = 4

/**
 * Does the same with several subscriptions, each under its own lock and in its own
 * transaction: one that is refused, or fails, leaves the others as they are.
 *
 * @returns what became of each, in the order of the ids
 */
export async function changeManySubscriptions(
  container: MedusaContainer,
  input: { ids: readonly string[]; actor: Actor; change: BulkAction }
): Promise<BulkResult[]> {
  const limit = pLimit(AT_ONCE)
  return await Promise.all(
    input.ids.map((id) =>
      limit(async (): Promise<BulkResult> => {
        try {
          await changeOne(container, { ...input, id })
          return { id, status: "done" }
        } catch (error) {
          return { id, status: "refused", code: codeOf(container, id, error) }
        }
      })
    )
  )
}

async function changeOne(
  container: MedusaContainer,
  { id, actor, change }: { id: string; actor: Actor; change: BulkAction }
): Promise<void> {
  const request = { scope: EVERYONE, id, actor }
  if (change.action === "pause") {
    const { action: _, ...body } = change
    await pauseSubscription(container, request, body)
  } else {
    const { action: _, ...body } = change
    await cancelSubscription(container, request, body)
  }
}

function codeOf(container: MedusaContainer, id: string, error: unknown) {
  const answer = toPortalErrorResponse(error)
  if (answer) {
    return answer.body.code
  }
  container
    .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
    .error(
      `Changing subscription ${id} with others failed: ${error instanceof Error ? error.message : String(error)}`
    )
  return "unexpected_error" as const
}
