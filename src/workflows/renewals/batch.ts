import type { MedusaContainer } from "@medusajs/framework/types"
import { generateEntityId } from "@medusajs/framework/utils"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type { PortalOptions } from "../../modules/runtime/options"
import type RuntimeModuleService from "../../modules/runtime/service"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type {
  BillingSubscription,
  CycleRow,
} from "../../modules/subscription/domain/billing"

/** What every stage of a batch of renewals works with. */
export type Batch = {
  container: MedusaContainer
  subscriptions: SubscriptionModuleService
  options: PortalOptions["renewals"]
  /** Unique to this run; claims carry it. */
  worker: string
  leaseSeconds: number
  /**
   * Somebody asked for it, so that it uses up none of the planned tries and takes a
   * payment method that the planned ones leave alone.
   */
  onDemand: boolean
  /** The plugin's time at the start of the run. */
  now: Date
}

/** A claimed cycle with its subscription. */
export type Renewal = { cycle: CycleRow; subscription: BillingSubscription }

/** How many cycles of a run ended how. */
export type RenewalCounts = Record<
  | "claimed"
  | "paid"
  | "completed"
  | "declined"
  | "action_required"
  | "unknown"
  | "postponed"
  | "skipped"
  | "ended",
  number
>

/** Starts a batch: the plugin's time and options, and a name for the worker. */
export async function openBatch(container: MedusaContainer): Promise<Batch> {
  const runtime = container.resolve<RuntimeModuleService>(RUNTIME_MODULE)
  const options = runtime.options.renewals
  return {
    container,
    subscriptions:
      container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE),
    options,
    worker: generateEntityId(undefined, "worker"),
    leaseSeconds: options.leaseSeconds,
    onDemand: false,
    now: await runtime.now(),
  }
}

/** Counts that start at nothing. */
export function noCounts(): RenewalCounts {
  return {
    claimed: 0,
    paid: 0,
    completed: 0,
    declined: 0,
    action_required: 0,
    unknown: 0,
    postponed: 0,
    skipped: 0,
    ended: 0,
  }
}

/** Adds up the counts of two batches. */
export function addCounts(a: RenewalCounts, b: RenewalCounts): RenewalCounts {
  const sum = { ...a }
  for (const key of Object.keys(sum) as (keyof RenewalCounts)[]) {
    sum[key] += b[key]
  }
  return sum
}
