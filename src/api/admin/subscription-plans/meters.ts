import { z } from "@medusajs/framework/zod"
import { MAX_METERS, MAX_TIERS, TIER_MODES } from "../../../types/meters"
import { text } from "../../_lib/query-schema"

const amounts = z.record(z.string().max(10), z.number())

const tier = z.strictObject({
  up_to: z.number().nullable(),
  unit_amount: amounts,
  flat_amount: amounts.nullish(),
})

/** Meters of a plan. What their values may be is for the plan's own rules. */
export const meters = z
  .array(
    z.strictObject({
      key: z.string().max(100),
      name: text(),
      unit: text(50).nullish(),
      aggregation: z.literal("sum").default("sum"),
      included: z.number().optional(),
      unit_price: amounts.nullish(),
      tiers_mode: z.enum(TIER_MODES).nullish(),
      tiers: z.array(tier).max(MAX_TIERS).nullish(),
    })
  )
  .max(MAX_METERS)
