import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"
import { findPaymentSource } from "../find-payment-source"
import {
  NO_PAYMENT_SOURCE,
  type PaymentSource,
  type Purchase,
} from "../purchase"

/** Finds the payment method that checkout saved. May ask the provider. */
export const resolvePaymentSourceStep = createStep(
  "resolve-payment-source",
  async (
    input: { purchase: Purchase | null },
    { container }
  ): Promise<StepResponse<PaymentSource>> =>
    new StepResponse(
      input.purchase
        ? await findPaymentSource(container, input.purchase)
        : NO_PAYMENT_SOURCE
    )
)
