/** What a plan may let its customers do, how far, and what it offers them. */
import {
  MAX_ACTION_LIMITS,
  MAX_OFFER_CYCLES,
} from "../../../types/action-limits"
import {
  CUSTOMER_ACTIONS,
  type ActionLimits,
  type CustomerActions,
  type RetentionOffer,
} from "../../../types/subscription"
import { issue, whole, type PlanIssue } from "./plan-issue"

export function actionIssues(actions: CustomerActions): PlanIssue[] {
  return Object.entries(actions)
    .filter(
      ([key, value]) =>
        !CUSTOMER_ACTIONS.some((known) => known === key) ||
        typeof value !== "boolean"
    )
    .map(([key]) => issue(`customer_actions.${key}`, "is no known action"))
}

export function limitIssues(limits: Partial<ActionLimits> | null): PlanIssue[] {
  return Object.entries(limits ?? {}).flatMap(([key, value]) => {
    const path = `action_limits.${key}`
    return key in MAX_ACTION_LIMITS
      ? whole(path, value, 0, MAX_ACTION_LIMITS[key as keyof ActionLimits])
      : [issue(path, "is no known limit")]
  })
}

export function offerIssues(offers: RetentionOffer[] | null): PlanIssue[] {
  const seen = new Set<string>()
  return (offers ?? []).flatMap((offer, index) => {
    const path = `retention_offers.${index}`
    const twice = seen.has(offer.id)
    seen.add(offer.id)
    return [
      ...(twice ? [issue(`${path}.id`, "is there twice")] : []),
      ...whole(`${path}.cycles`, offer.cycles, 1, MAX_OFFER_CYCLES),
      ...(offer.type === "discount"
        ? whole(`${path}.percent`, offer.percent, 1, 100)
        : []),
    ]
  })
}
