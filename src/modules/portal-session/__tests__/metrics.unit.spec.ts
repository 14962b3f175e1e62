import { daysOf, shareOf } from "../domain/metrics"
import { FLOWS } from "../domain/flows"
import { covers, LINK_SCOPES } from "../domain/scopes"
import {
  finishesFlow,
  FLOW_CATEGORIES,
  FLOW_TASKS,
  isPortalTask,
  PORTAL_TASKS,
  TASKS,
} from "../domain/tasks"
import { BOT_PATTERN } from "../queries/metrics-range"

describe("shareOf", () => {
  it.each([
    [0, 0, null],
    [0, 5, 0],
    [5, 5, 1],
    [2, 3, 0.6667],
  ])("%d of %d", (part, whole, rate) => {
    expect(shareOf(part, whole)).toEqual({ part, whole, rate })
  })
})

describe("daysOf", () => {
  const days = (from: string, to: string, zone: string) =>
    daysOf({ from: new Date(from), to: new Date(to) }, zone)

  it("counts the days of the time zone", () => {
    expect(
      days("2026-01-04T23:00:00Z", "2026-01-06T23:00:00Z", "Europe/Berlin")
    ).toEqual(["2026-01-05", "2026-01-06"])
    expect(
      days("2026-01-05T00:00:00Z", "2026-01-05T00:00:00.001Z", "UTC")
    ).toEqual(["2026-01-05"])
  })

  it("skips and doubles no day where the clock changes", () => {
    const spring = days(
      "2026-03-27T23:00:00Z",
      "2026-03-30T22:00:00Z",
      "Europe/Berlin"
    )
    expect(spring).toEqual(["2026-03-28", "2026-03-29", "2026-03-30"])
    const autumn = days(
      "2026-10-23T22:00:00Z",
      "2026-10-26T23:00:00Z",
      "Europe/Berlin"
    )
    expect(autumn).toEqual(["2026-10-24", "2026-10-25", "2026-10-26"])
  })

  it("has 366 days in a leap year", () => {
    expect(
      days("2028-01-01T00:00:00Z", "2029-01-01T00:00:00Z", "UTC")
    ).toHaveLength(366)
  })
})

describe("tasks", () => {
  it("are known by their own names only", () => {
    expect(isPortalTask("order_viewed")).toBe(true)
    for (const name of ["toString", "__proto__", "constructor", ""]) {
      expect(isPortalTask(name)).toBe(false)
    }
  })

  it("can be done in the flows that they finish, with what those may do", () => {
    for (const task of PORTAL_TASKS) {
      expect(covers(LINK_SCOPES, TASKS[task].scope)).toBe(true)
      for (const flow of TASKS[task].flows) {
        // One flow is about a payment and reaches the method through it.
        const isReachable =
          covers(FLOWS[flow].scopes, TASKS[task].scope) ||
          (flow === "payment_action" && task === "payment_method_updated")
        expect([task, flow, isReachable]).toEqual([task, flow, true])
      }
    }
  })

  it("are what a flow about something is for, with its category", () => {
    for (const [flow, task] of Object.entries(FLOW_TASKS)) {
      expect(TASKS[task].flows).toContain(flow)
    }
    expect(FLOW_CATEGORIES).toEqual({
      subscription_cancel: "cancel",
      subscription_pause: "cancel",
      subscription_update: "cancel",
      subscription_update_confirm: "cancel",
      payment_method_update: "payment_method",
      payment_action: "payment_method",
      invoice: "invoice",
      order: "order_status",
      return_create: "return",
      download: "download",
      license: "download",
    })
  })

  it("finish what is about nothing in particular, and their flows", () => {
    expect(finishesFlow("order_viewed", null)).toBe(true)
    expect(finishesFlow("order_viewed", "overview")).toBe(true)
    expect(finishesFlow("subscription_paused", "subscription_cancel")).toBe(
      true
    )
    expect(finishesFlow("order_viewed", "invoice")).toBe(false)
  })
})

describe("robots", () => {
  // PostgreSQL reads it without regard to case.
  const isBot = (agent: string) => new RegExp(BOT_PATTERN, "i").test(agent)

  it.each([
    "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
    "Mozilla/5.0 (compatible; YandexBot/3.0; +http://yandex.com/bots)",
    "TelegramBot (like TwitterBot)",
    "facebookexternalhit/1.1",
    "Mozilla/5.0 (Windows NT 10.0) BingPreview/1.0b",
    "Mozilla/5.0 SkypeUriPreview Preview/0.5",
  ])("%s is one", (agent) => {
    expect(isBot(agent)).toBe(true)
  })

  it.each([
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1",
    "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) Chrome/90.0 Mobile",
    // A shop's own server that opens the link for its customer.
    "python-requests/2.32",
    "node",
    "",
  ])("%s is none", (agent) => {
    expect(isBot(agent)).toBe(false)
  })
})
