import { portalError } from "../../errors/portal-error"

/**
 * Refuses a charge of another amount than the customer agreed to.
 *
 * @param expected - what the customer saw; left out: whatever it is
 * @throws `expected_total` (409) with the amount that it would be
 */
export function assertAmount(
  expected: number | undefined,
  amount: number | undefined
): void {
  if (expected !== undefined && amount !== undefined && expected !== amount) {
    throw portalError("expected_total", { details: { total: amount } })
  }
}
