import { isStripeProvider, stripeProviderName } from "../stripe-provider"

describe("Stripe's payment providers", () => {
  it.each([
    ["pp_stripe_stripe", "stripe"],
    ["pp_stripe-ideal_eu", "eu"],
    ["pp_stripe", ""],
    // Not the account "account": its key would be another merchant's.
    ["pp_stripe_my_account", "my_account"],
  ])("knows %s as %s", (id, name) => {
    expect(stripeProviderName(id)).toBe(name)
    expect(isStripeProvider(id)).toBe(true)
  })

  it.each(["pp_stripe2_x", "pp_system_default", "", null])(
    "takes %s for no provider of Stripe's",
    (id) => {
      expect(isStripeProvider(id)).toBe(false)
    }
  )
})
