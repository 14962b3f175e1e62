import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { portalError } from "../../../errors/portal-error"
import {
  assertCurrencies,
  currenciesOf,
  type PlanTarget,
} from "../../../modules/subscription/domain/plan-input"
import type { UpdatePlanInput } from "../plan-input"

/** The fields of a plan that name what lives elsewhere in the store. */
export type PlanReferences = Pick<
  UpdatePlanInput,
  | "first_discount"
  | "recurring_discount"
  | "setup_fee"
  | "targets"
  | "customer_group_id"
>

/**
 * Refuses products, variants, customer groups and currencies that the store does
 * not have. It
 * only reads, so there is nothing to compensate.
 *
 * @throws `not_found`, `validation_failed`
 */
export const validatePlanReferencesStep = createStep(
  "validate-plan-references",
  async (plan: PlanReferences, { container }) => {
    const targets = plan.targets ?? []
    await Promise.all([
      requireCurrencies(container, plan),
      requireProducts(container, targets),
      requireVariants(container, targets),
      requireGroup(container, plan.customer_group_id),
    ])
    return new StepResponse(undefined)
  }
)

async function requireCurrencies(
  container: MedusaContainer,
  plan: PlanReferences
): Promise<void> {
  const codes = currenciesOf(plan)
  const known = await find<{ code: string }>(container, {
    entity: "currency",
    fields: ["code"],
    filters: { code: codes },
  })
  assertCurrencies(plan, new Set(known.map(({ code }) => code)))
}

async function requireProducts(
  container: MedusaContainer,
  targets: PlanTarget[]
): Promise<void> {
  const ids = unique(targets.map(({ product_id }) => product_id))
  const found = await find<{ id: string }>(container, {
    entity: "product",
    fields: ["id"],
    filters: { id: ids },
  })
  const known = new Set(found.map(({ id }) => id))
  const missing = ids.filter((id) => !known.has(id))
  if (missing.length) {
    throw portalError("not_found", {
      message: "There are no such products.",
      details: { product_ids: missing },
    })
  }
}

async function requireVariants(
  container: MedusaContainer,
  targets: PlanTarget[]
): Promise<void> {
  const ids = unique(targets.flatMap(({ variant_id }) => variant_id ?? []))
  const found = await find<{ id: string; product_id: string }>(container, {
    entity: "variant",
    fields: ["id", "product_id"],
    filters: { id: ids },
  })
  const productOf = new Map(found.map((one) => [one.id, one.product_id]))
  const missing = ids.filter((id) => !productOf.has(id))
  if (missing.length) {
    throw portalError("not_found", {
      message: "There are no such variants.",
      details: { variant_ids: missing },
    })
  }
  const strange = targets.filter(
    ({ product_id, variant_id }) =>
      variant_id && productOf.get(variant_id) !== product_id
  )
  if (strange.length) {
    throw portalError("validation_failed", {
      message: "A variant does not belong to the product beside it.",
      details: { variant_ids: strange.map(({ variant_id }) => variant_id) },
    })
  }
}

async function requireGroup(
  container: MedusaContainer,
  id: string | null | undefined
): Promise<void> {
  if (!id) {
    return
  }
  const found = await find<{ id: string }>(container, {
    entity: "customer_group",
    fields: ["id"],
    filters: { id: [id] },
  })
  if (!found.length) {
    throw portalError("not_found", {
      message: "There is no such customer group.",
      details: { customer_group_id: id },
    })
  }
}

type Lookup = {
  entity: string
  fields: string[]
  filters: Record<string, string[]>
}

/** Asks for nothing where no value is asked for: `[]` may match every row. */
async function find<Row>(
  container: MedusaContainer,
  lookup: Lookup
): Promise<Row[]> {
  if (Object.values(lookup.filters).some((values) => !values.length)) {
    return []
  }
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph(lookup)
  return data as Row[]
}

function unique(values: string[]): string[] {
  return [...new Set(values)]
}
