import type {
  IPaymentModuleService,
  PaymentDTO,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { PaymentRecords } from "../payments/payment-records"
import type { Batch, Renewal } from "./batch"

/** The capture that an order's books refer to. */
export type RecordedCapture = { capture_id: string }

/**
 * Writes captured charges into Medusa's payment module, where the admin shows and
 * refunds them: session, payment, capture and collection, for a whole batch.
 *
 * Repeating it writes nothing twice: the module allows one payment a session, and
 * the ids of ours come from the cycle. Where core's webhook handler was faster,
 * its payment is taken.
 *
 * @returns the capture of each cycle, by the cycle's id
 */
export async function recordPayments(
  batch: Batch,
  renewals: Renewal[]
): Promise<Map<string, RecordedCapture>> {
  const charged = renewals.filter(({ cycle }) => cycle.payment_session_id)
  if (!charged.length) {
    return new Map()
  }
  const payments = batch.container.resolve<PaymentRecords>(Modules.PAYMENT)
  let known = await paymentsBySession(payments, charged)
  const isUnknown = ({ cycle }: Renewal) =>
    !known.has(cycle.payment_session_id ?? "")

  const unrecorded = charged.filter(isUnknown)
  if (unrecorded.length) {
    try {
      await createPayments(payments, unrecorded, batch.now)
    } catch (error) {
      // Core's handler of webhooks may have been faster by a moment.
      known = await paymentsBySession(payments, charged)
      if (unrecorded.some(isUnknown)) {
        throw error
      }
    }
  }
  const uncaptured = charged.filter(
    ({ cycle }) => !known.get(cycle.payment_session_id ?? "")?.captures?.length
  )
  if (uncaptured.length) {
    await payments.createCaptures(
      uncaptured.map(({ cycle }) => ({
        id: idOf("capt", cycle.id),
        payment:
          known.get(cycle.payment_session_id ?? "")?.id ??
          idOf("pay", cycle.id),
        amount: Number(cycle.amount),
      }))
    )
  }
  // Always: a crash may have come between a capture and what follows from it.
  await closeSessions(payments, charged, batch.now)
  return new Map(
    charged.map(({ cycle }) => [
      cycle.id,
      {
        capture_id:
          known.get(cycle.payment_session_id ?? "")?.captures?.[0]?.id ??
          idOf("capt", cycle.id),
      },
    ])
  )
}

async function createPayments(
  payments: PaymentRecords,
  renewals: Renewal[],
  now: Date
): Promise<void> {
  await payments.createPayments(
    renewals.map(({ cycle }) => ({
      id: idOf("pay", cycle.id),
      amount: Number(cycle.amount),
      currency_code: cycle.currency_code,
      payment_session: cycle.payment_session_id,
      payment_collection_id: cycle.payment_collection_id,
      provider_id: cycle.provider_id,
      data: { id: cycle.provider_payment_id, currency: cycle.currency_code },
      captured_at: cycle.paid_at ?? now,
    }))
  )
}

async function paymentsBySession(
  payments: PaymentRecords,
  renewals: Renewal[]
): Promise<Map<string, PaymentDTO>> {
  const sessions = renewals.flatMap(
    ({ cycle }) => cycle.payment_session_id ?? []
  )
  const found = await payments.listPayments(
    { payment_session_id: sessions },
    { relations: ["captures"], take: sessions.length }
  )
  return new Map(found.map((payment) => [payment.payment_session_id, payment]))
}

async function closeSessions(
  payments: PaymentRecords,
  renewals: Renewal[],
  now: Date
): Promise<void> {
  await payments.updatePaymentSessions(
    renewals.map(({ cycle }) => ({
      id: cycle.payment_session_id,
      // So does core: it sums the sessions up by this status.
      status: "authorized",
      authorized_at: cycle.paid_at ?? now,
    }))
  )
  await payments.upsertPaymentCollections(
    renewals.map(({ cycle }) => ({
      id: cycle.payment_collection_id ?? "",
      status: "completed",
      authorized_amount: Number(cycle.amount),
      captured_amount: Number(cycle.amount),
      completed_at: cycle.paid_at ?? now,
    })) as unknown as Parameters<
      IPaymentModuleService["upsertPaymentCollections"]
    >[0]
  )
}

/** The same id for the same cycle, so that a repetition meets its own row. */
function idOf(prefix: string, cycleId: string): string {
  return `${prefix}_${cycleId.replace(/^scyc_/, "")}`
}
