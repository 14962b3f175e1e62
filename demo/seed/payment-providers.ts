import { updateRegionsWorkflow } from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"

import { find } from "./lookup"

/** Lets every region be paid with every provider that is switched on. */
export async function seedPaymentProviders(
  container: MedusaContainer,
  regionIds: string[]
): Promise<void> {
  const providers = await find<{ id: string }>(
    container,
    "payment_provider",
    ["id"],
    { is_enabled: true }
  )
  await updateRegionsWorkflow(container).run({
    input: {
      selector: { id: regionIds },
      update: { payment_providers: providers.map((provider) => provider.id) },
    },
  })
}
