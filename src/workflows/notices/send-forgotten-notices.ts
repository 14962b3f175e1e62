import type { MedusaContainer } from "@medusajs/framework/types"
import type { PendingNotice } from "../../modules/subscription/queries/notices"
import { subscriptionsOf } from "../subscription-reads/reader"
import { deliverNotices } from "./deliver-notices"

/** Real seconds after which a mail's sender is taken for gone. */
const ABANDONED_SECONDS = 60
const PAGE = 100

/**
 * Sends the mails that a crash, a lost event or a provider's failure has left.
 *
 * @returns how many
 */
export async function sendForgottenNotices(
  container: MedusaContainer
): Promise<number> {
  let after: PendingNotice | null = null
  let sent = 0
  for (;;) {
    const page: PendingNotice[] = await subscriptionsOf(
      container
    ).listForgottenNotices({
      olderThanSeconds: ABANDONED_SECONDS,
      limit: PAGE,
      after,
    })
    sent += await deliverNotices(container, page)
    after = page.at(-1) ?? null
    if (!after || page.length < PAGE) {
      return sent
    }
  }
}
