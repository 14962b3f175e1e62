import type {
  Proration,
  ProrationEntry,
} from "../../modules/subscription/domain/proration"
import type { ChangePreview } from "../../types/subscription-change-http"

/** Credits and charges as a page shows them. */
export function linesOfEntries({
  credits,
  charges,
}: Pick<Proration, "credits" | "charges">): ChangePreview["lines"] {
  const lines = (type: "credit" | "charge", entries: ProrationEntry[]) =>
    entries.map(({ key, title = "", quantity, amount }) => ({
      type,
      subscription_item_id: key,
      title,
      quantity,
      amount,
    }))
  return [...lines("credit", credits), ...lines("charge", charges)]
}
