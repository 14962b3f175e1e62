import type {
  AccountHolderDTO,
  MedusaContainer,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { PaymentMethodSummary } from "../../types/subscription-http"
import { withinPatience } from "../payments/within-patience"

type Source = {
  provider_id: string | null
  account_holder_id: string | null
  payment_method_id: string | null
}

/**
 * What a customer recognises a payment method by, with at most one call to the
 * provider. Where the provider does not answer, the rest of the page still does.
 *
 * @returns null where the subscription has no payment method
 */
export async function describePaymentMethod(
  container: MedusaContainer,
  { provider_id, account_holder_id, payment_method_id }: Source
): Promise<PaymentMethodSummary | null> {
  if (!provider_id) {
    return null
  }
  const summary = { provider_id, payment_method_id, card: null }
  if (!account_holder_id || !payment_method_id) {
    return summary
  }
  try {
    const data = await withinPatience(
      readMethod(container, provider_id, account_holder_id, payment_method_id)
    )
    return { ...summary, card: cardOf(data) }
  } catch (error) {
    container
      .resolve(ContainerRegistrationKeys.LOGGER)
      .warn(
        `The payment provider "${provider_id}" did not describe a payment method: ${error instanceof Error ? error.message : String(error)}`
      )
    return summary
  }
}

async function readMethod(
  container: MedusaContainer,
  provider_id: string,
  accountHolderId: string,
  methodId: string
): Promise<Record<string, unknown> | undefined> {
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "account_holder",
      fields: ["id", "provider_id", "external_id", "data"],
      filters: { id: accountHolderId },
    })
  const account_holder = data[0] as AccountHolderDTO | undefined
  if (!account_holder) {
    return undefined
  }
  const methods = await container
    .resolve(Modules.PAYMENT)
    .listPaymentMethods({ provider_id, context: { account_holder } })
  return methods.find(({ id }) => id === methodId)?.data
}

/** The shape is Stripe's, which other providers follow. */
function cardOf(
  data: Record<string, unknown> | undefined
): PaymentMethodSummary["card"] {
  const card = data?.card
  if (typeof card !== "object" || card === null) {
    return null
  }
  const { brand, last4, exp_month, exp_year } = card as Record<string, unknown>
  return {
    brand: typeof brand === "string" ? brand : null,
    last4: typeof last4 === "string" ? last4 : null,
    exp_month: typeof exp_month === "number" ? exp_month : null,
    exp_year: typeof exp_year === "number" ? exp_year : null,
  }
}
