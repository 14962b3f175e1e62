/** What the rows of the route table are made of. */
export type Values = Record<string, unknown>

/** What a route of the plugin must refuse. */
export type RouteRow = {
  /** Who may call it: `store` is everybody with a publishable key. */
  actor: "admin" | "customer" | "store"
  /**
   * An id of the path that exists, by the name that the test knows it by.
   * Default: none does, so that nothing can be written by mistake.
   */
  id?: "own" | "foreign"
  /** A body that passes validation. */
  body?: Values
  /** Bodies that differ from it in one field, each a 4xx. */
  wrongBodies?: Values[]
  /** Queries that are a 4xx each. */
  wrongQueries?: string[]
  /** A path with `:id` whose segment is no id: not found by default. */
  pathCode?: string
}

export const PAGE = [
  "limit=0",
  "limit=-1",
  "limit=101",
  "limit=1000000000000",
  "limit=1.5",
  "limit=1e2",
  "limit=",
  "limit=abc",
  "limit[a]=1",
  "limit=1&limit=2",
  "offset=-1",
  "offset=99999999999",
  "offset[]=1",
  "unknown=1",
  "fields=*",
  "a.b.c.d=1",
]
export const NO_QUERY = ["unknown=1", "fields=*customer.*", "a.b.c.d=1"]
export const ORDER = [
  "order=id;drop",
  "order=customer_id",
  "order[created_at]=asc",
]
export const IDS = (field: string) => [
  `${field}=%00`,
  `${field}=a%20b`,
  `${field}[x]=1`,
]

export const wrong = (field: string, ...values: unknown[]): Values[] =>
  values.map((value) => ({ [field]: value }))
export const NO_TEXT: unknown[] = [1, true, {}, [], null, { toString: 1 }]
export const NO_NUMBER = ["1", true, {}, [], null]
export const NO_QUANTITY = [...NO_NUMBER, 0, -1, 1.5, 1e300]
export const NO_FLAG = ["true", 1, {}, null]
