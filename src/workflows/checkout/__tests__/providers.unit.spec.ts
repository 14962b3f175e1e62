import { matchesProvider } from "../providers"
import { stripeSessionData } from "../stripe-session-data"

describe("matchesProvider", () => {
  it.each([
    [["pp_stripe_*"], "pp_stripe_stripe", true],
    [["pp_stripe_*"], "pp_stripe_", true],
    [["pp_stripe_*"], "pp_stripe-ideal_stripe", false],
    [["pp_system_default"], "pp_system_default", true],
    [["pp_system_default"], "pp_system_default_2", false],
    [["pp_a", "pp_b*"], "pp_bank", true],
    [["pp_*"], "stripe", false],
    [[], "pp_stripe_stripe", false],
  ])("%j and %s: %s", (patterns, id, expected) => {
    expect(matchesProvider(patterns, id)).toBe(expected)
  })
})

describe("stripeSessionData", () => {
  it("asks for the card to be saved, whatever was sent", () => {
    expect(stripeSessionData(undefined)).toEqual({
      setup_future_usage: "off_session",
    })
    expect(stripeSessionData({ setup_future_usage: "on_session" })).toEqual({
      setup_future_usage: "off_session",
    })
  })

  it("keeps what is harmless and nothing else", () => {
    expect(
      stripeSessionData({
        automatic_payment_methods: { enabled: true },
        payment_description: "Coffee",
        payment_method_types: ["card"],
        amount: 1,
        capture_method: "manual",
        confirm: true,
        customer: "cus_1",
        metadata: { cycle_id: "scyc_1" },
        off_session: true,
        payment_method: "pm_1",
        payment_method_configuration: "pmc_1",
        payment_method_data: {},
        payment_method_options: {},
        return_url: "https://elsewhere.test",
        shared_payment_token: "spt_1",
        something_new: true,
      })
    ).toEqual({
      automatic_payment_methods: { enabled: true },
      payment_description: "Coffee",
      payment_method_types: ["card"],
      setup_future_usage: "off_session",
    })
  })
})
