import { assertComplete, defineMachine } from "../state-machine"

const door = defineMachine({
  name: "door",
  states: ["open", "shut", "bricked_up"],
  events: ["open", "shut", "brick_up"],
  initial: "shut",
  final: ["bricked_up"],
  transitions: {
    open: { open: null, shut: "shut", brick_up: null },
    shut: { open: "open", shut: null, brick_up: "bricked_up" },
  },
})

describe("defineMachine", () => {
  it("goes where the table leads", () => {
    expect(door.next("shut", "open")).toBe("open")
    expect(door.can("shut", "open")).toBe(true)
    expect(door.can("open", "brick_up")).toBe(false)
    expect(door.can("bricked_up", "open")).toBe(false)
  })

  it("knows the events of a state and the states of an event", () => {
    expect(door.allowed("shut")).toEqual(["open", "brick_up"])
    expect(door.allowed("bricked_up")).toEqual([])
    expect(door.sources("shut")).toEqual(["open"])
    expect(door.isFinal("bricked_up")).toBe(true)
    expect(door.isFinal("open")).toBe(false)
  })

  it.each(["toString", "constructor", "__proto__", ""])(
    "does not know %j",
    (name) => {
      expect(door.can(name, "open")).toBe(false)
      expect(door.can("open", name)).toBe(false)
    }
  )

  it("refuses with a code and what would be allowed", () => {
    expect(() => door.next("open", "brick_up")).toThrow(
      expect.objectContaining({
        code: "transition_not_allowed",
        type: "not_allowed",
        message: 'A door that is "open" does not allow "brick_up".',
        details: {
          machine: "door",
          state: "open",
          event: "brick_up",
          allowed: ["shut"],
        },
      })
    )
  })

  it("refuses with the machine's own code", () => {
    const machine = defineMachine({
      name: "subscription",
      states: ["active"],
      events: ["resume"],
      initial: "active",
      final: [],
      transitions: { active: { resume: null } },
      errorCode: "subscription_transition_not_allowed",
    })
    expect(() => machine.next("active", "resume")).toThrow(
      expect.objectContaining({ code: "subscription_transition_not_allowed" })
    )
  })
})

describe("assertComplete", () => {
  it("passes a whole machine", () => {
    expect(() => assertComplete(door)).not.toThrow()
  })

  it("passes a machine without an end that says so", () => {
    const lamp = defineMachine({
      name: "lamp",
      states: ["on", "off"],
      events: ["press"],
      initial: "off",
      final: [],
      transitions: { on: { press: "off" }, off: { press: "on" } },
    })
    expect(() => assertComplete(lamp)).not.toThrow()
  })

  // Tables that TypeScript would refuse, as JavaScript could hold them.
  const broken = (change: object) => () =>
    assertComplete(defineMachine({ ...door, ...change }))
  const { open, shut } = door.transitions

  it.each([
    ["an undecided pair", { open: { shut: "shut" }, shut }, "decide"],
    ["a missing row", { shut }, 'decide "open"'],
    [
      "an unknown target",
      { open, shut: { ...shut, shut: "ajar" } },
      "no state",
    ],
    ["a way out of an end", { open, shut, bricked_up: open }, "must not"],
    [
      "an island",
      { open, shut: { ...shut, open: null } },
      '"open" cannot be reached',
    ],
    [
      "a trap",
      { open: { ...open, shut: null }, shut },
      '"open" has no way out',
    ],
  ])("finds %s", (_, transitions, fault) => {
    expect(broken({ transitions })).toThrow(fault)
  })

  it("finds an unknown initial or final state", () => {
    expect(broken({ initial: "ajar" })).toThrow('"ajar" is no state')
    expect(broken({ final: ["bricked_up", "gone"] })).toThrow("no state")
  })
})
