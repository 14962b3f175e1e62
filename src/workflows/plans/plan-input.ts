/** What the workflows of plans take, and the plan that it means. */
import {
  completeActions,
  type PlanTarget,
  type PlanTerms,
} from "../../modules/subscription/domain/plan-input"
import type { CustomerActions } from "../../types/subscription"

/** What may be left out of a new plan, with what it then is. */
const DEFAULTS = {
  description: null,
  interval_count: 1,
  first_discount: null,
  recurring_discount: null,
  setup_fee: null,
  trial_days: 0,
  trial_requires_payment_method: true,
  min_cycles: null,
  max_cycles: null,
  anchor_type: "purchase",
  anchor_day: null,
  price_policy: "grandfathered",
  stock_policy: "wait",
  stock_wait_days: 3,
  missed_period_policy: "charge_current",
  action_limits: null,
  retention_offers: null,
  reminder_days: null,
  prepaid_cycles: null,
  prepaid_renews: true,
  customer_group_id: null,
  entitlements: null,
  meters: null,
  dunning: null,
  metadata: null,
} satisfies Partial<PlanTerms>

type Given = Omit<PlanTerms, "customer_actions"> & {
  /** Left out: allowed on a new plan, as before on an old one. */
  customer_actions: Partial<CustomerActions>
}

/** A new plan. What is left out takes its default. */
export type CreatePlanInput = Partial<Given> &
  Pick<Given, "handle" | "name" | "interval"> & {
    targets?: PlanTarget[]
  }

/** A change of a plan. What is left out stays; `targets` replace all. */
export type UpdatePlanInput = Partial<Given> & {
  id: string
  targets?: PlanTarget[]
}

/** A new plan with every default filled in. */
export function newPlan({
  targets = [],
  customer_actions,
  ...given
}: CreatePlanInput): PlanTerms & { targets: PlanTarget[] } {
  return {
    ...DEFAULTS,
    ...defined(given),
    customer_actions: completeActions(customer_actions),
    targets,
  }
}

/** The same object without the keys that are undefined. */
export function defined<T extends object>(values: T): T {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined)
  ) as T
}
