/// <reference types="jest" />
import type {
  AdminPortalSessionView,
  DeviceView,
} from "../../../types/portal-session-http"
import { inkOn } from "../colors"
import { duration, lastSignIn, minutesToOpen } from "../portal"

const session = (
  redeemed_at: string | null,
  impersonator_id: string | null = null
) => ({ redeemed_at, impersonator_id }) as AdminPortalSessionView

describe("the last sign-in", () => {
  it("is the newest that was opened, in whatever order they come", () => {
    expect(
      lastSignIn([
        session(null),
        session("2030-01-02T00:00:00.000Z"),
        session("2030-01-03T00:00:00.000Z"),
        session("2030-01-01T00:00:00.000Z"),
      ])
    ).toBe("2030-01-03T00:00:00.000Z")
  })

  it("is never an admin's who looked at the account", () => {
    const looked = session("2030-01-05T00:00:00.000Z", "user_1")
    expect(lastSignIn([looked])).toBeNull()
    expect(lastSignIn([])).toBeNull()
  })
})

describe("the last sign-in to the storefront", () => {
  const device = (created_at: string) => ({ created_at }) as DeviceView

  it("counts beside those to the portal", () => {
    const opened = session("2030-01-02T00:00:00.000Z")
    const newer = device("2030-01-03T00:00:00.000Z")
    const older = device("2030-01-01T00:00:00.000Z")
    expect(lastSignIn([opened], [newer, older])).toBe(newer.created_at)
    expect(lastSignIn([opened], [older])).toBe(opened.redeemed_at)
    expect(lastSignIn([], [older])).toBe(older.created_at)
  })
})

describe("the life of a link", () => {
  it("is told in minutes", () => {
    expect(
      minutesToOpen({
        created_at: "2030-01-01T00:00:00.120Z",
        link_expires_at: "2030-01-01T00:10:00.000Z",
      })
    ).toBe(10)
    expect(
      minutesToOpen({
        created_at: "2030-01-01T00:00:00.000Z",
        link_expires_at: null,
      })
    ).toBe(0)
  })
})

describe("a duration", () => {
  it.each([
    [0, 0, "second"],
    [45, 45, "second"],
    [90, 90, "second"],
    [600, 10, "minute"],
    [3600, 1, "hour"],
    [5400, 90, "minute"],
    [604_800, 7, "day"],
  ])("of %i seconds is %i %s", (seconds, count, unit) => {
    expect(duration(seconds)).toEqual({ count, unit })
  })
})

describe("ink on a colour", () => {
  it.each([
    ["#ffffff", "#111827"],
    ["#ffeb3b", "#111827"],
    ["#000000", "#ffffff"],
    ["#111827", "#ffffff"],
  ])("%s is %s", (background, ink) => {
    expect(inkOn(background)).toBe(ink)
  })
})
