import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { toPortalErrorResponse } from "../../../errors/error-handler"

/** What a core route is about to answer. */
export type Answer = { status: number; body: Record<string, unknown> }

/**
 * Looks at what a core route answers before it goes out, and may change it.
 * Hooks that were added later run first.
 *
 * @param hook - answers the body to send; what it throws is answered instead
 */
export function beforeAnswer(
  req: MedusaRequest,
  res: MedusaResponse,
  hook: (answer: Answer) => Promise<unknown>
): void {
  const json = res.json.bind(res)
  res.json = (body: unknown) => {
    res.json = json
    const answer = { status: res.statusCode, body: recordOf(body) }
    // A hook may also throw at once.
    const run = async () => await hook(answer)
    run().then(
      (changed) => json(changed ?? body),
      (error: unknown) => {
        const refusal = toPortalErrorResponse(error)
        if (!refusal) {
          logger(req).error(
            "medusa-plugin-customer-portal: an answer could not be made",
            error instanceof Error ? error : new Error(String(error))
          )
        }
        res.status(refusal?.status ?? 500)
        json(
          refusal?.body ?? {
            type: "unknown_error",
            message: "An unknown error occurred.",
          }
        )
      }
    )
    return res
  }
}

/**
 * Lets an answer take at least so long, whatever it says: how long it would have
 * taken tells whether there was a password to compare.
 */
export function takeAtLeast(res: MedusaResponse, milliseconds: number): void {
  const due = performance.now() + milliseconds
  const end = res.end.bind(res) as (...args: unknown[]) => MedusaResponse
  res.end = ((...args: unknown[]) => {
    const rest = due - performance.now()
    if (rest <= 0) {
      return end(...args)
    }
    setTimeout(() => {
      end(...args)
    }, rest)
    return res
  }) as MedusaResponse["end"]
}

function recordOf(body: unknown): Record<string, unknown> {
  return typeof body === "object" && body !== null
    ? (body as Record<string, unknown>)
    : {}
}

function logger(req: MedusaRequest): Logger {
  return req.scope.resolve<Logger>(ContainerRegistrationKeys.LOGGER)
}
