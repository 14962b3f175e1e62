import { invalidParams } from "./errors"
import type { Params } from "./params"

/** A page of objects. */
export interface List<Item> {
  object: "list"
  data: Item[]
  has_more: boolean
  url: string
}

interface Listed {
  id: string
  created: number
}

const DEFAULT_LIMIT = 10
const MAX_LIMIT = 100

/** How many objects the client wants. */
export function pageSize(params: Params): number {
  const limit = params.integer("limit") ?? DEFAULT_LIMIT
  if (limit < 1 || limit > MAX_LIMIT) {
    throw invalidParams(
      `This value must be between 1 and ${MAX_LIMIT} (inclusive)`,
      { code: "parameter_invalid_integer", param: "limit" }
    )
  }
  return limit
}

/** A page of `items`, newest first, as the cursor parameters ask for. */
export function listPage<Item extends Listed>(
  items: Iterable<Item>,
  params: Params,
  url: string
): List<Item> {
  const within = createdFilter(params)
  const newestFirst = [...items].filter(within).reverse()
  const limit = pageSize(params)
  const after = params.id("starting_after")
  const before = params.id("ending_before")
  if (before !== undefined) {
    const newer = newestFirst.slice(0, indexOf(newestFirst, before))
    return page(newer.slice(-limit), newer.length > limit, url)
  }
  const start = after === undefined ? 0 : indexOf(newestFirst, after) + 1
  const rest = newestFirst.slice(start)
  return page(rest.slice(0, limit), rest.length > limit, url)
}

function page<Item>(data: Item[], has_more: boolean, url: string): List<Item> {
  return { object: "list", data, has_more, url }
}

function indexOf(items: Listed[], id: string): number {
  const index = items.findIndex((item) => item.id === id)
  if (index < 0) {
    throw invalidParams(`No such object: '${id}'`, { code: "resource_missing" })
  }
  return index
}

function createdFilter(params: Params): (item: Listed) => boolean {
  if (!params.has("created")) {
    return () => true
  }
  if (params.isText("created")) {
    const exact = params.integer("created")
    return (item) => item.created === exact
  }
  const range = params.nested("created")
  const gt = range?.integer("gt") ?? -Infinity
  const gte = range?.integer("gte") ?? -Infinity
  const lt = range?.integer("lt") ?? Infinity
  const lte = range?.integer("lte") ?? Infinity
  return ({ created }) =>
    created > gt && created >= gte && created < lt && created <= lte
}
