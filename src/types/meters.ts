import type { AmountsByCurrency } from "./subscription"

/**
 * `graduated`: each unit costs what its own tier says. `volume`: all units cost
 * what the tier of their number says.
 */
export const TIER_MODES = ["graduated", "volume"] as const
export type TierMode = (typeof TIER_MODES)[number]

/** A step of a price by quantity. Amounts in major units by currency. */
export type MeterTier = {
  /** The last unit of the tier; null: without end, of the last tier. */
  up_to: number | null
  /** Of one unit; up to 8 decimals. */
  unit_amount: AmountsByCurrency
  /** Once, where the tier is reached. */
  flat_amount?: AmountsByCurrency | null
}

/**
 * What a plan charges by use, after it was used. It has a `unit_price`, or `tiers`
 * with their `tiers_mode`.
 */
export type Meter = {
  /** What usage is recorded by. */
  key: string
  /** What customers read on their order. */
  name: string
  /** What is counted: "calls", "GB". */
  unit?: string | null
  /** How the records of a period become one number. */
  aggregation: "sum"
  /** Units of each period that cost nothing. */
  included?: number
  unit_price?: AmountsByCurrency | null
  tiers_mode?: TierMode | null
  tiers?: MeterTier[] | null
}

export const MAX_METERS = 10
export const MAX_TIERS = 20
/** Units of one record, far above any, so that sums stay exact. */
export const MAX_USAGE = 1_000_000_000

/** A record of use, as it was taken. */
export type UsageRecord<Time = string> = {
  id: string
  meter: string
  quantity: number
  idempotency_key: string
  occurred_at: Time
}

/** Answer of `POST /admin/subscriptions/:id/usage`. */
export type UsageRecordResponse = { usage_record: UsageRecord }

/** Use that is not charged yet, and what it costs by now. */
export type UsageView<Time = string> = {
  currency_code: string
  /** When it is charged; null: nothing is charged by itself. */
  next_charge_at: Time | null
  meters: {
    key: string
    name: string
    unit: string | null
    included: number
    quantity: number
    /** Before tax, in major units; null: no price in this currency. */
    amount: number | null
  }[]
}
export type UsageResponse = { usage: UsageView }
