import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { loadPurchase } from "../load-purchase"
import type { Purchase } from "../purchase"

/** Reads an order with what the plugin knows of its cart. Writes nothing. */
export const loadPurchaseStep = createStep(
  "load-purchase",
  async (
    input: { order_id: string },
    { container }
  ): Promise<StepResponse<{ purchase: Purchase | null }>> =>
    new StepResponse({ purchase: await loadPurchase(container, input) })
)
