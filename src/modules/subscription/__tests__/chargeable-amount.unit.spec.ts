import fc from "fast-check"
import { chargeableAmount } from "../domain/chargeable-amount"

const stripe = "pp_stripe_stripe"
const system = "pp_system_default"

describe("what a provider charges for a total", () => {
  it.each([
    [11.8881, "eur", stripe, 11.89],
    [11.8881, "eur", system, 11.89],
    [1200.5, "jpy", stripe, 1201],
    // Stripe counts forints in hundredths, ISO 4217 does not in practice.
    [1234.567, "HUF", stripe, 1234.57],
    // The last of three digits is always 0 at Stripe.
    [1.231, "kwd", stripe, 1.24],
    [1.231, "kwd", system, 1.231],
    [1.23, "kwd", stripe, 1.23],
    [0, "eur", stripe, 0],
    [10, "eur", null, 10],
  ])(
    "charges for %d %s with %s: %d",
    (total, currency_code, provider_id, amount) => {
      expect(chargeableAmount({ total, currency_code, provider_id })).toBe(
        amount
      )
    }
  )

  it("is within a unit of the total and stays what it is", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100_000, noNaN: true }),
        fc.constantFrom("eur", "usd", "jpy", "kwd", "bhd", "huf"),
        fc.constantFrom(stripe, system),
        (total, currency_code, provider_id) => {
          const input = { currency_code, provider_id }
          const amount = chargeableAmount({ ...input, total })
          const unit =
            currency_code === "jpy" || currency_code === "huf" ? 1 : 0.01
          expect(Math.abs(amount - total)).toBeLessThanOrEqual(unit + 1e-6)
          expect(chargeableAmount({ ...input, total: amount })).toBe(amount)
        }
      )
    )
  })
})
