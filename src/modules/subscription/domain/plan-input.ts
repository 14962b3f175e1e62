/** What a plan must be beyond the types of its fields. */
import { CodedError } from "../../../shared/coded-error"
import {
  CUSTOMER_ACTIONS,
  type BillingInterval,
  type CustomerActions,
  type SubscriptionPlanDTO,
} from "../../../types/subscription"
import { actionIssues, limitIssues, offerIssues } from "./plan-action-input"
import { amountIssues, amountsOf, discountIssues } from "./plan-amount-input"
import { issue, whole, type PlanIssue } from "./plan-issue"
import { entitlementIssues } from "./plan-entitlements"
import { meterCurrencies, meterIssues } from "./meter-input"
import { dunningIssues } from "./dunning"
import { prepaidIssues } from "./prepaid"
import { shortestPeriod } from "./reminder-date"

/** All that a merchant says of a plan; products and status apart. */
export type PlanTerms = Omit<
  SubscriptionPlanDTO,
  "id" | "status" | "targets" | "created_at" | "updated_at"
>

export type PlanTarget = { product_id: string; variant_id?: string | null }

/**
 * What a subscription copies from its plan at the purchase. They are fixed once
 * a subscription uses the plan: changed, the plan would show another rhythm than
 * the one that its subscribers are charged by.
 */
export const FIXED_ONCE_USED = [
  "interval",
  "interval_count",
  "anchor_type",
  "anchor_day",
] as const satisfies readonly (keyof PlanTerms)[]

/** Ten years or so: a longer period is a typing error. */
const MAX_INTERVAL_COUNT: Record<BillingInterval, number> = {
  day: 1000,
  week: 520,
  month: 120,
  year: 10,
}
const MAX_TRIAL_DAYS = 730
const MAX_STOCK_WAIT_DAYS = 90
const MAX_REMINDER_DAYS = 90
const HANDLE = /^[a-z0-9]+(?:-[a-z0-9]+)*$/

/**
 * Checks a whole plan: on an update, the plan as it would be afterwards, because
 * half of the rules tie two fields together.
 *
 * @throws CodedError `validation_failed`, with `details.issues`
 */
export function assertPlan(plan: PlanTerms): void {
  refuse(planIssues(plan))
}

/** What {@link assertPlan} would refuse; empty for a good plan. */
export function planIssues(plan: PlanTerms): PlanIssue[] {
  return [
    ...handleIssues(plan.handle),
    ...whole(
      "interval_count",
      plan.interval_count,
      1,
      MAX_INTERVAL_COUNT[plan.interval]
    ),
    ...discountIssues("first_discount", plan.first_discount),
    ...discountIssues("recurring_discount", plan.recurring_discount),
    ...(plan.setup_fee ? amountIssues("setup_fee", plan.setup_fee, 0) : []),
    ...whole("trial_days", plan.trial_days, 0, MAX_TRIAL_DAYS),
    ...whole("stock_wait_days", plan.stock_wait_days, 0, MAX_STOCK_WAIT_DAYS),
    ...cycleIssues(plan),
    ...anchorIssues(plan),
    ...actionIssues(plan.customer_actions),
    ...limitIssues(plan.action_limits),
    ...offerIssues(plan.retention_offers),
    ...reminderIssues(plan),
    ...entitlementIssues(plan.entitlements),
    ...meterIssues(plan.meters),
    ...dunningIssues(plan.dunning),
    ...prepaidIssues(plan),
  ]
}

/**
 * Refuses a target that is named twice.
 *
 * @throws CodedError `validation_failed`
 */
export function assertTargets(targets: readonly PlanTarget[]): void {
  const seen = new Set<string>()
  refuse(
    targets.flatMap(({ product_id, variant_id }, index) => {
      const key = `${product_id} ${variant_id ?? ""}`
      const twice = seen.has(key)
      seen.add(key)
      return twice ? [issue(`targets.${index}`, "is there twice")] : []
    })
  )
}

/**
 * Refuses currencies that the store does not know.
 *
 * @param known - codes of the store, lower case
 * @throws CodedError `validation_failed`
 */
export function assertCurrencies(
  plan: Partial<PlanTerms>,
  known: ReadonlySet<string>
): void {
  refuse(
    currenciesOf(plan)
      .filter((code) => !known.has(code))
      .map((code) => issue("currency_code", `"${code}" is no known currency`))
  )
}

/** The currencies that a plan names anywhere, each once. */
export function currenciesOf(plan: Partial<PlanTerms>): string[] {
  const maps = [
    amountsOf(plan.first_discount),
    amountsOf(plan.recurring_discount),
    plan.setup_fee,
  ]
  const named = maps.flatMap((map) => Object.keys(map ?? {}))
  return [...new Set([...named, ...meterCurrencies(plan.meters)])].sort()
}

/**
 * What a customer may do, every key set: what nobody said stays as it was, and is
 * allowed on a new plan.
 *
 * @example
 * completeActions({ pause: false }).cancel // true
 */
export function completeActions(
  given: Partial<CustomerActions> | null | undefined,
  before?: Partial<CustomerActions>
): CustomerActions {
  const allowed = CUSTOMER_ACTIONS.map((key) => [key, true])
  return {
    ...(Object.fromEntries(allowed) as CustomerActions),
    ...before,
    ...given,
  }
}

/** The fixed fields that a change would touch. */
export function changedFixedFields(
  before: PlanTerms,
  changes: Partial<PlanTerms>
): string[] {
  return FIXED_ONCE_USED.filter(
    (field) => changes[field] !== undefined && changes[field] !== before[field]
  )
}

function handleIssues(handle: string): PlanIssue[] {
  return HANDLE.test(handle) && handle.length <= 100
    ? []
    : [
        issue(
          "handle",
          "must be lower-case letters, digits and single hyphens, at most 100"
        ),
      ]
}

function cycleIssues({ min_cycles, max_cycles }: PlanTerms): PlanIssue[] {
  const issues = [
    ...(min_cycles === null ? [] : whole("min_cycles", min_cycles, 1)),
    ...(max_cycles === null ? [] : whole("max_cycles", max_cycles, 1)),
  ]
  if (min_cycles !== null && max_cycles !== null && min_cycles > max_cycles) {
    issues.push(issue("min_cycles", "must not be above max_cycles"))
  }
  return issues
}

function anchorIssues(plan: PlanTerms): PlanIssue[] {
  const { anchor_type, anchor_day, interval } = plan
  if (anchor_type === "purchase") {
    return anchor_day === null
      ? []
      : [issue("anchor_day", 'must be empty with the anchor type "purchase"')]
  }
  const [last, intervals] =
    anchor_type === "day_of_month"
      ? ([31, ["month", "year"]] as const)
      : ([7, ["week"]] as const)
  const fits = intervals.some((one) => one === interval)
  return [
    ...whole("anchor_day", anchor_day, 1, last),
    ...(fits
      ? []
      : [
          issue(
            "anchor_type",
            `"${anchor_type}" needs the interval ${intervals.join(" or ")}`
          ),
        ]),
  ]
}

/** A reminder of the next charge must not come before the one before it. */
function reminderIssues(plan: PlanTerms): PlanIssue[] {
  const { reminder_days: days } = plan
  return days === null
    ? []
    : whole(
        "reminder_days",
        days,
        0,
        Math.min(MAX_REMINDER_DAYS, shortestPeriod(plan) - 1)
      )
}

function refuse(issues: PlanIssue[]): void {
  const [first] = issues
  if (first) {
    throw new CodedError(
      "validation_failed",
      `Invalid plan: "${first.path}" ${first.message}`,
      { issues }
    )
  }
}
