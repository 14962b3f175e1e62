import billingDates from "../../src/shared/__tests__/cases/billing-dates.json"
import {
  adminClient,
  expectError,
  ok,
  portalTest,
  registerCustomer,
  runJob,
  setClock,
  type HttpClient,
} from "../helpers"

jest.setTimeout(180_000)

type ClockAnswer = { test_clock: { now: string; is_set: boolean } }

portalTest({
  testSuite: (app) => {
    let admin: HttpClient

    beforeAll(async () => {
      admin = await adminClient(app)
    })

    describe("/admin/portal/test-clock", () => {
      const path = "/admin/portal/test-clock"

      it("gives the system's time until it is set", async () => {
        const { test_clock } = ok(await admin.get<ClockAnswer>(path))
        expect(test_clock.is_set).toBe(false)
        const distance = Date.now() - new Date(test_clock.now).getTime()
        expect(Math.abs(distance)).toBeLessThan(10_000)
      })

      it("stands where it was set, also back in time, and can be freed", async () => {
        const set = await admin.post<ClockAnswer>(path, {
          now: "2031-03-31T12:00:00+02:00",
        })
        const standing = { now: "2031-03-31T10:00:00.000Z", is_set: true }
        expect(ok(set).test_clock).toEqual(standing)
        expect(ok(await admin.get<ClockAnswer>(path)).test_clock).toEqual(
          standing
        )

        await setClock(admin, "2020-01-01T00:00:00Z")
        expect(ok(await admin.get<ClockAnswer>(path)).test_clock.now).toBe(
          "2020-01-01T00:00:00.000Z"
        )

        await setClock(admin, null)
        expect(ok(await admin.get<ClockAnswer>(path)).test_clock.is_set).toBe(
          false
        )
      })
    })

    describe("POST /admin/portal/jobs/:name/run", () => {
      it("runs a job and answers with counts", async () => {
        const { details } = expectError(
          await admin.post("/admin/portal/jobs/none/run"),
          404,
          "job_unknown"
        )
        for (const name of (details as { known: string[] }).known) {
          const answer = await runJob<{ job: string; counts: object }>(
            admin,
            name
          )
          expect(answer.job).toBe(name)
          for (const count of Object.values(answer.counts)) {
            expect(count).toEqual(expect.any(Number))
          }
        }
      })

      it.each(["nothing", "toString", "__proto__", "constructor"])(
        "does not know the job %s",
        async (name) => {
          expectError(
            await admin.post(`/admin/portal/jobs/${name}/run`),
            404,
            "job_unknown"
          )
        }
      )
    })

    describe("POST /admin/subscriptions/schedule-preview", () => {
      const path = "/admin/subscriptions/schedule-preview"
      type Answer = { dates: string[] }

      it("holds every published case", async () => {
        for (const { rule, cases } of groups()) {
          const count = Math.max(1, ...cases.map(({ n }) => n))
          const { dates } = ok(
            await admin.post<Answer>(path, { ...rule, count })
          )
          expect(dates).toHaveLength(count)
          for (const { n, expected, source } of cases) {
            expect({ source, n, date: dates[n - 1] }).toEqual({
              source,
              n,
              date: expected,
            })
          }
        }
        expect.assertions(billingDates.length + groups().length)
      })

      const rule = {
        anchor: "2024-01-31",
        timezone: "Europe/Paris",
        interval: "month",
        interval_count: 1,
        count: 2,
      }

      it("answers in the form of the anchor", async () => {
        expect(ok(await admin.post<Answer>(path, rule)).dates).toEqual([
          "2024-02-29",
          "2024-03-31",
        ])
        const instant = { ...rule, anchor: "2024-01-31T10:00:00+01:00" }
        expect(ok(await admin.post<Answer>(path, instant)).dates).toEqual([
          "2024-02-29T09:00:00.000Z",
          "2024-03-31T08:00:00.000Z",
        ])
      })

      it("keeps a day of the month", async () => {
        const body = { ...rule, anchor: "2025-02-28", day_of_month: 31 }
        expect(ok(await admin.post<Answer>(path, body)).dates).toEqual([
          "2025-03-31",
          "2025-04-30",
        ])
      })

      it.each([
        [{ timezone: "Mars/Base" }, "timezone_unknown"],
        [{ timezone: "+02:00" }, "timezone_unknown"],
        [{ anchor: "2024-02-30" }, "date_invalid"],
        [{ anchor: "2024-01-31T10:00" }, "date_invalid"],
        [{ anchor: "1800-01-01" }, "date_out_of_range"],
        [{ anchor: "9999-01-01", count: 100 }, "date_out_of_range"],
        [{ interval_count: 0 }, "billing_rule_invalid"],
        [{ interval_count: 1.5 }, "billing_rule_invalid"],
        [{ interval: "week", day_of_month: 3 }, "billing_rule_invalid"],
        [{ interval: "fortnight" }, "validation_failed"],
        [{ count: 0 }, "validation_failed"],
        [{ count: 1001 }, "validation_failed"],
        [{ count: "2" }, "validation_failed"],
        [{ unknown: 1 }, "validation_failed"],
      ])("refuses %j with %s", async (wrong, code) => {
        expectError(await admin.post(path, { ...rule, ...wrong }), 400, code)
      })
    })

    it("is for admins only", async () => {
      const customer = await registerCustomer(app)
      for (const path of [
        "/admin/portal/test-clock",
        "/admin/portal/jobs/renew-subscriptions/run",
        "/admin/subscriptions/schedule-preview",
      ]) {
        expect((await app.api.post(path, {})).status).toBe(401)
        expect((await customer.api.post(path, {})).status).toBe(401)
      }
    })
  },
})

type Case = (typeof billingDates)[number]

/** The cases by their rule: one request answers all dates of one. */
function groups() {
  const byRule = new Map<string, Case[]>()
  for (const one of billingDates) {
    const { anchor, timezone, interval, interval_count } = one
    const key = JSON.stringify({ anchor, timezone, interval, interval_count })
    byRule.set(key, [...(byRule.get(key) ?? []), one])
  }
  return [...byRule].map(([key, cases]) => ({
    rule: JSON.parse(key) as Omit<Case, "n" | "expected" | "source">,
    cases,
  }))
}
