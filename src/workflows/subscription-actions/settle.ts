import type { MedusaContainer } from "@medusajs/framework/types"
import { sendForgottenNotices } from "../notices/send-forgotten-notices"
import { settleUnknownCharges } from "../renewals/settle-cycles"
import { dropUnconfirmedChanges } from "../subscription-changes/drop-unconfirmed"
import { sendForgottenEntries } from "./send-events"
import { voidCanceledPayments } from "./void-payments"

/**
 * Settles what crashes and lost answers left: charges of which nobody knows,
 * payments of canceled periods, events and mails that never went out. It never charges.
 */
export async function settle(
  container: MedusaContainer
): Promise<Record<string, number>> {
  const changes_dropped = await dropUnconfirmedChanges(container)
  const payments_voided = await voidCanceledPayments(container)
  const charges = await settleUnknownCharges(container)
  const events_sent = await sendForgottenEntries(container)
  const notices_sent = await sendForgottenNotices(container)
  return {
    ...charges,
    changes_dropped,
    payments_voided,
    events_sent,
    notices_sent,
  }
}
