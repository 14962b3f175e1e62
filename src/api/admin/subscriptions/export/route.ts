import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import type { MedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { withPortalErrors } from "../../../../errors/error-handler"
import { exportSubscriptions } from "../../../../workflows/subscription-reads/export-subscriptions"
import type { ExportSubscriptionsQuery } from "../validators"

/** `GET /admin/subscriptions/export`: the list as CSV, a page at a time. */
export const GET = withPortalErrors(
  async (
    req: MedusaRequest<unknown, ExportSubscriptionsQuery>,
    res: MedusaResponse
  ) => {
    const pieces = exportSubscriptions(req.scope, req.validatedQuery)
    // Before anything is sent, so that what is wrong is an error and no half file.
    const first = await pieces.next()
    res.setHeader("content-type", "text/csv; charset=utf-8")
    res.setHeader(
      "content-disposition",
      'attachment; filename="subscriptions.csv"'
    )
    res.setHeader("cache-control", "no-store")
    try {
      await pipeline(Readable.from(all(first, pieces)), res)
    } catch (error) {
      // Who reads it has left, or gets a file that visibly breaks off.
      req.scope
        .resolve(ContainerRegistrationKeys.LOGGER)
        .warn(
          `An export of subscriptions broke off: ${error instanceof Error ? error.message : String(error)}`
        )
      res.destroy()
    }
  }
)

async function* all(
  first: IteratorResult<string>,
  rest: AsyncGenerator<string>
): AsyncGenerator<string> {
  if (!first.done) {
    yield first.value
    yield* rest
  }
}
