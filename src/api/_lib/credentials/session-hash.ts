import type { MedusaRequest } from "@medusajs/framework/http"
import { hashToken } from "../../../shared/token"
import { bearerToken } from "./read"

/** By what the portal session is known whose token a request shows. */
export function sessionHash(req: MedusaRequest): string {
  return hashToken(bearerToken(req) ?? "")
}
