import { fixedClock, systemClock } from "../clock"

describe("fixedClock", () => {
  it("stands still, whatever is done to the dates it was given or gave", () => {
    const instant = new Date("2030-01-31T10:00:00Z")
    const clock = fixedClock(instant)
    instant.setTime(0)
    clock.now().setTime(0)
    expect(clock.now()).toEqual(new Date("2030-01-31T10:00:00Z"))
  })
})

describe("systemClock", () => {
  afterEach(() => jest.useRealTimers())

  it("tells the computer's time", () => {
    const now = new Date("2030-01-31T10:00:00Z")
    jest.useFakeTimers({ now })
    expect(systemClock.now()).toEqual(now)
  })
})
