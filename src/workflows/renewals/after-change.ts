import type { ChargeOutcome } from "../payments/gateway"
import type { Consequence } from "./after-failure"
import type { Renewal } from "./batch"

/**
 * What becomes of a change by its charge. It is charged once, for somebody who waits
 * for the answer: what was refused is given up. Only a customer can confirm it with
 * the bank.
 */
export function consequenceOfChange(
  { change }: Renewal["cycle"],
  outcome: ChargeOutcome
): Consequence {
  switch (outcome.status) {
    case "paid":
      return { event: "succeed" }
    case "unknown":
      return {
        event: "lose",
        failure_code: "outcome_unknown",
        failure_message: outcome.message,
      }
    case "action_required":
    case "declined":
    case "not_charged":
      return {
        event:
          outcome.status === "action_required" &&
          change?.actor.type === "customer"
            ? "require_action"
            : "refuse",
        failure_code: outcome.code,
        failure_message: outcome.message,
      }
  }
}
