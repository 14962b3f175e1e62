import type {
  IPaymentModuleService,
  PaymentSessionDTO,
} from "@medusajs/framework/types"
import { MedusaError, Modules } from "@medusajs/framework/utils"
import pLimit from "p-limit"
import type { CyclePayment } from "../../modules/subscription/queries/attach-payments"
import type { PaymentRecords } from "../payments/payment-records"
import { isStripeProvider } from "../../shared/stripe-provider"
import type { Batch } from "./batch"
import {
  accountHolders,
  createSession,
  createSystemSessions,
  providerPaymentId,
  sessionsOfEarlierRuns,
} from "./payment-sessions"
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
  const payments = batch.container.resolve<PaymentRecords>(Modules.PAYMENT)
  const opened = new Map<string, CyclePayment>()
  const failed: OpenedPayments["failed"] = []

  const missing = renewals.filter(({ cycle }) => !cycle.payment_session_id)
  if (missing.length) {
    await createCollections(payments, missing)
    const adopted = await sessionsOfEarlierRuns(payments, missing)
    const made = await createSystemSessions(
      payments,
      missing.filter(
        ({ cycle }) => !adopted.has(cycle.payment_collection_id ?? "")
      )
    )
    const sessions = new Map([...adopted, ...made])
    const holders = await accountHolders(batch.container, missing)
    const limit = pLimit(batch.options.concurrency)
    await Promise.all(
      missing.map((renewal) =>
        limit(async () => {
          try {
            const session =
              sessions.get(renewal.cycle.payment_collection_id ?? "") ??
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
    throw new MedusaError(
      MedusaError.Types.PAYMENT_AUTHORIZATION_ERROR,
      "The provider did not answer with a payment."
    )
  }
  return {
    id: cycle.id,
    payment_session_id: session.id,
    provider_payment_id: id,
  }
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

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "The provider failed."
}
