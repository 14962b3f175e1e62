import type { PathValues } from "../api/path-template"
import type { Kind } from "../http/expand"
import type { Params } from "../http/params"
import type { World } from "../model/world"

/** One endpoint of Stripe. */
export interface Route {
  method: "GET" | "POST" | "DELETE"
  path: string
  /** What it answers with. */
  kind: Kind
  /** It answers with a page of them. */
  list?: boolean
  handle(world: World, params: Params, path: PathValues): object
}

/** The value of a placeholder that the route's path has. */
export function pathValue(path: PathValues, name: string): string {
  const value = path[name]
  if (value === undefined) {
    throw new Error(`The route has no {${name}}`)
  }
  return value
}
