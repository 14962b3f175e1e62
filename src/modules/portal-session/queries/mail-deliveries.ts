import { generateEntityId } from "@medusajs/framework/utils"
import { execute, type ModuleContext } from "../../../database/execute"

/** One report of a mail provider. */
export type NewMailDelivery = {
  provider: string
  event_id: string
  message_id: string
  type: string
  occurred_at: Date
}

/**
 * Writes a report down. Providers send one several times: it is written once.
 *
 * @returns whether it was new
 */
export async function insertMailDelivery(
  context: ModuleContext,
  delivery: NewMailDelivery
): Promise<boolean> {
  const rows = await execute(
    context,
    `insert into portal_mail_delivery (id, provider, event_id, message_id, type, occurred_at)
     values (?, ?, ?, ?, ?, ?)
     on conflict (provider, event_id) do nothing
     returning id`,
    [
      generateEntityId(undefined, "pmd"),
      delivery.provider,
      delivery.event_id,
      delivery.message_id,
      delivery.type,
      delivery.occurred_at,
    ]
  )
  return rows.length > 0
}
