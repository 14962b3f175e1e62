import type { MedusaContainer } from "@medusajs/framework/types"
import { renewDueCycles } from "../renewals/renew-due-cycles"
import { resumeDue } from "./resume-due"

/**
 * Ends the pauses whose date has come, and charges everything that is due then.
 *
 * @returns how many subscriptions were resumed, and how many cycles ended how
 *
 * @example
 * await renewSubscriptions(container) // { resumed: 1, claimed: 50, paid: 48, … }
 */
export async function renewSubscriptions(
  container: MedusaContainer
): Promise<Record<string, number>> {
  const resumed = await resumeDue(container)
  return { resumed, ...(await renewDueCycles(container)) }
}
