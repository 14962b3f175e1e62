import { invalidParams } from "../http/errors"
import { pageSize } from "../http/list"
import type { Params } from "../http/params"
import { parseSearch } from "../http/search"
import type { World } from "../model/world"

/**
 * Searches payment intents. As with Stripe the index lags behind: an object
 * younger than the lag is not found.
 */
export function searchIntents(world: World, params: Params): object {
  const test = parseSearch(params.id("query") ?? "")
  const indexedUntil = world.now() - world.searchLagSeconds
  const found = [...world.store.paymentIntents.values()]
    .filter((intent) => intent.created <= indexedUntil)
    .filter(({ amount, created, currency, customer, status, metadata }) =>
      test({
        fields: { amount, created, currency, customer, status },
        metadata,
      })
    )
    .reverse()
  const limit = pageSize(params)
  const start = readPage(params)
  const end = start + limit
  const hasMore = found.length > end
  return {
    object: "search_result",
    data: found.slice(start, end),
    has_more: hasMore,
    next_page: hasMore ? String(end) : null,
    url: "/v1/payment_intents/search",
  }
}

function readPage(params: Params): number {
  const page = params.id("page") ?? "0"
  if (!/^\d+$/.test(page)) {
    throw invalidParams(`Invalid page: ${page}`, { param: "page" })
  }
  return Number(page)
}
