import type {
  AccountHolderDTO,
  IPaymentModuleService,
  MedusaContainer,
  PaymentSessionDTO,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { PaymentRecords } from "../payments/payment-records"
import { isStripeProvider } from "../../shared/stripe-provider"
import { SYSTEM_PROVIDER } from "../payments/system-gateway"
import type { PricedRenewal } from "./price-renewals"

/** The provider's own id of a session's payment, where it has one. */
export function providerPaymentId(session: PaymentSessionDTO): string | null {
  const id = session.data?.id
  return typeof id === "string" && id !== session.id ? id : null
}

/** What a crash left behind between creating a payment and storing its id. */
export async function sessionsOfEarlierRuns(
  payments: IPaymentModuleService,
  renewals: PricedRenewal[]
): Promise<Map<string, PaymentSessionDTO>> {
  const ids = renewals.flatMap(({ cycle }) => cycle.payment_collection_id ?? [])
  const sessions = await payments.listPaymentSessions({
    payment_collection_id: ids,
  })
  return new Map(
    sessions
      .filter(
        (session) =>
          providerPaymentId(session) || session.provider_id === SYSTEM_PROVIDER
      )
      .map((session) => [session.payment_collection_id ?? "", session])
  )
}

/**
 * Sessions of Medusa's stand-in for a provider, all at once: it keeps nothing of a
 * payment, so there is nobody to ask.
 *
 * @returns by the payment collection's id
 */
export async function createSystemSessions(
  payments: PaymentRecords,
  renewals: PricedRenewal[]
): Promise<Map<string, PaymentSessionDTO>> {
  const wanted = renewals.filter(
    ({ cycle }) => cycle.provider_id === SYSTEM_PROVIDER
  )
  if (!wanted.length) {
    return new Map()
  }
  const sessions = await payments.createPaymentSessions(
    wanted.map(({ cycle, quote }) => ({
      payment_collection_id: cycle.payment_collection_id,
      provider_id: SYSTEM_PROVIDER,
      currency_code: quote.currency_code,
      amount: quote.amount,
      data: {},
    }))
  )
  return new Map(
    sessions.map((session) => [session.payment_collection_id ?? "", session])
  )
}

/** The customers of the renewals, as their provider knows them. */
export async function accountHolders(
  container: MedusaContainer,
  renewals: PricedRenewal[]
): Promise<Map<string, AccountHolderDTO>> {
  const ids = [
    ...new Set(
      renewals.flatMap(
        ({ subscription }) => subscription.account_holder_id ?? []
      )
    ),
  ]
  if (!ids.length) {
    return new Map()
  }
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "account_holder",
      fields: ["id", "provider_id", "external_id", "email", "data"],
      filters: { id: ids },
    })
  const holders = data as AccountHolderDTO[]
  return new Map(holders.map((holder) => [holder.id, holder]))
}

/** Opens one payment at its provider. */
export async function createSession(
  payments: IPaymentModuleService,
  { cycle, subscription, quote }: PricedRenewal,
  holders: Map<string, AccountHolderDTO>
): Promise<PaymentSessionDTO> {
  const provider_id = cycle.provider_id ?? ""
  return await payments.createPaymentSession(
    cycle.payment_collection_id ?? "",
    {
      provider_id,
      currency_code: quote.currency_code,
      amount: quote.amount,
      context: {
        account_holder: holders.get(subscription.account_holder_id ?? ""),
        customer: { id: subscription.customer_id, email: subscription.email },
      },
      data: {
        metadata: {
          portal_subscription_id: subscription.id,
          portal_subscription_cycle_id: cycle.id,
        },
        ...(isStripeProvider(provider_id) && stripeData(subscription)),
      },
    }
  )
}

/**
 * No `confirm` and no `off_session`: Stripe takes the latter only together with
 * the former, and this call must not charge. A renewal has no browser that could
 * be redirected, so payment methods that redirect are left out.
 */
function stripeData({
  payment_method_id,
}: PricedRenewal["subscription"]): Record<string, unknown> {
  return {
    payment_method: payment_method_id,
    capture_method: "automatic",
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  }
}
