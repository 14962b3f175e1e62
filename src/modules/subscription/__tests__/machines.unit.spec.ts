import { assertComplete } from "../../../shared/state-machine"
import { cycleMachine } from "../domain/cycle-machine"
import { subscriptionMachine } from "../domain/subscription-machine"

describe("the state machines", () => {
  it("are complete", () => {
    assertComplete(cycleMachine)
    assertComplete(subscriptionMachine)
  })

  it("never charges a cycle whose outcome is unknown", () => {
    expect(cycleMachine.can("unknown", "charge")).toBe(false)
    expect(cycleMachine.can("unknown", "claim")).toBe(false)
    expect(cycleMachine.sources("charge")).toEqual(["priced"])
  })

  it("makes an order of a paid cycle only", () => {
    expect(cycleMachine.sources("complete")).toEqual(["paid"])
  })

  it("keeps a paid cycle paid", () => {
    expect(cycleMachine.allowed("paid")).toEqual(["complete"])
  })

  it("accepts a late success wherever the payment may still succeed", () => {
    expect(cycleMachine.sources("succeed")).toEqual([
      "priced",
      "charging",
      "unknown",
      "action_required",
      "retry_scheduled",
      "uncollectible",
      "canceled",
    ])
  })

  it("does not end a pause with a charge that was under way", () => {
    expect(subscriptionMachine.next("paused", "renew")).toBe("paused")
  })
})
