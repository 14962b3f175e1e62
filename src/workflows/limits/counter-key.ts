import type { MedusaContainer } from "@medusajs/framework/types"
import { networkOf } from "../../shared/network"
import { pseudonym } from "../portal-sessions/secrets"

/**
 * The key of a counter: the limit, and whom it is about without saying who. Those
 * that count callers by their address count the network of an IPv6 address.
 */
export function counterKey(
  container: MedusaContainer,
  limit: string,
  whose: string
): string {
  const counted = limit.endsWith("PerIp") ? networkOf(whose) : whose
  return `${limit}:${pseudonym(container, counted)}`
}
