import type {
  AccountHolderDTO,
  IPaymentModuleService,
  MedusaContainer,
  PaymentSessionDTO,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import pLimit from "p-limit"
import type { CyclePayment } from "../../modules/subscription/queries/attach-payments"
import { isStripeProvider } from "../payments/stripe-client"
import type { Batch } from "./batch"
import type { PricedRenewal } from "./price-renewals"

/** Renewals with their payments, and those that got none this time. */
export type OpenedPayments = {
  /** Their cycles have payment sessions; nothing is charged yet. */
  payable: PricedRenewal[]
  failed: { renewal: PricedRenewal; message: string }[]
}

/**
 * Opens the one payment of each cycle: a payment collection, and in it a session
 * whose payment is created at the provider and not confirmed. Nothing is charged
 * here. A cycle that has its payment from an earlier attempt keeps it.
 */
export async function openPayments(
  batch: Batch,
  renewals: PricedRenewal[]
): Promise<OpenedPayments> {
  const payments = batch.container.resolve(Modules.PAYMENT)
  const opened = new Map<string, CyclePayment>()
  const failed: OpenedPayments["failed"] = []

  const missing = renewals.filter(({ cycle }) => !cycle.payment_session_id)
  if (missing.length) {
    await createCollections(payments, missing)
    const adopted = await sessionsOfEarlierRuns(payments, missing)
    const holders = await accountHolders(batch.container, missing)
    const limit = pLimit(batch.options.concurrency)
    await Promise.all(
      missing.map((renewal) =>
        limit(async () => {
          try {
            const session =
              adopted.get(renewal.cycle.payment_collection_id ?? "") ??
              (await createSession(payments, renewal, holders))
            opened.set(renewal.cycle.id, cyclePayment(renewal, session))
          } catch (error) {
            failed.push({ renewal, message: messageOf(error) })
          }
        })
      )
    )
    const attached = opened.size
      ? await batch.subscriptions.attachCyclePayments([...opened.values()])
      : []
    attached.forEach((payment) => opened.set(payment.id, payment))
  }

  const payable = renewals.flatMap((renewal) => {
    const { cycle } = renewal
    const { payment_session_id, provider_payment_id } =
      opened.get(cycle.id) ?? cycle
    return payment_session_id
      ? [
          {
            ...renewal,
            cycle: { ...cycle, payment_session_id, provider_payment_id },
          },
        ]
      : []
  })
  return { payable, failed }
}

/** A provider without an intent in its answer did not say whether it made one. */
function cyclePayment(
  { cycle }: PricedRenewal,
  session: PaymentSessionDTO
): CyclePayment {
  const id = providerPaymentId(session)
  if (isStripeProvider(session.provider_id) && !id) {
    // Whatever the provider made stays unconfirmed, and so without money.
    throw new Error("The provider did not answer with a payment.")
  }
  return {
    id: cycle.id,
    payment_session_id: session.id,
    provider_payment_id: id,
  }
}

function providerPaymentId(session: PaymentSessionDTO): string | null {
  const id = session.data?.id
  return typeof id === "string" && id !== session.id ? id : null
}

async function createCollections(
  payments: IPaymentModuleService,
  renewals: PricedRenewal[]
): Promise<void> {
  const wanted = renewals.flatMap(({ cycle, quote }) =>
    cycle.payment_collection_id
      ? [
          {
            id: cycle.payment_collection_id,
            currency_code: quote.currency_code,
            amount: quote.amount,
            metadata: { portal_subscription_cycle_id: cycle.id },
          },
        ]
      : []
  )
  const ids = wanted.map(({ id }) => id)
  const existing = await payments.listPaymentCollections(
    { id: ids },
    { select: ["id"], take: ids.length }
  )
  const known = new Set(existing.map(({ id }) => id))
  const fresh = wanted.filter(({ id }) => !known.has(id))
  if (fresh.length) {
    await payments.createPaymentCollections(fresh)
  }
}

/** What a crash left behind between creating a payment and storing its id. */
async function sessionsOfEarlierRuns(
  payments: IPaymentModuleService,
  renewals: PricedRenewal[]
): Promise<Map<string, PaymentSessionDTO>> {
  const ids = renewals.flatMap(({ cycle }) => cycle.payment_collection_id ?? [])
  const sessions = await payments.listPaymentSessions({
    payment_collection_id: ids,
  })
  return new Map(
    sessions
      .filter((session) => providerPaymentId(session))
      .map((session) => [session.payment_collection_id ?? "", session])
  )
}

async function accountHolders(
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

async function createSession(
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "The provider failed."
}
