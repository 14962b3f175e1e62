import type { MedusaRequest } from "@medusajs/framework/http"
import { portalError } from "../../errors/portal-error"
import { isId } from "./query-schema"

/**
 * A segment of the path that is an id. What cannot be one does not exist: it
 * never reaches the database, which refuses some bytes with an error.
 *
 * @throws `not_found`
 */
export function pathId(req: MedusaRequest, name = "id"): string {
  const value = req.params[name]
  if (!isId(value)) {
    throw portalError("not_found")
  }
  return value
}
