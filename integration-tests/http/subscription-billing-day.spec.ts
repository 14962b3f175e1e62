import {
  expectError,
  FIRST_RENEWAL,
  ok,
  portalTest,
  STARTED_AT,
  STRIPE_PROVIDER,
} from "../helpers"
import { changer, shareOf } from "./subscription-change.support"

jest.setTimeout(300_000)

portalTest({
  stripe: true,
  testSuite: (app) => {
    const on = changer(app)
    const made = async (input: object = {}) =>
      await on.subscribe({ provider: STRIPE_PROVIDER, ...input })

    describe("another billing day", () => {
      it("charges the extra days now, and renews on the new day", async () => {
        const { id } = await made()
        const body = { day_of_month: 5 }
        const figures = await on.preview(id, body, "billing-day")
        const next = "2026-03-05T10:00:00.000Z"
        // 28 February to 5 March are a part of 5 February to 5 March.
        const due = shareOf(9.41, {
          from: FIRST_RENEWAL,
          start: "2026-02-05T10:00:00.000Z",
          end: next,
        })
        expect(figures).toMatchObject({
          charge: due,
          credit: 0,
          due_now: due,
          next_date: next,
        })
        expectError(
          await on.change(id, { ...body, expected_total: 1 }, "billing-day"),
          409,
          "expected_total"
        )
        const { payment, change } = ok(
          await on.change(
            id,
            { ...body, at: figures.at, expected_total: due },
            "billing-day"
          )
        )
        expect(change).toEqual(figures)
        expect(payment).toMatchObject({ status: "paid" })
        expect(await on.charges(id)).toMatchObject([
          { status: "completed", amount: due, order_total: due },
        ])
        expect(await on.openPeriod(id)).toMatchObject({
          period_index: 1,
          period_start: new Date(next),
          period_end: new Date("2026-04-05T10:00:00Z"),
        })
        expect(await on.renewAt(FIRST_RENEWAL)).toMatchObject({ claimed: 0 })
        expect(await on.renewAt(next)).toMatchObject({ completed: 1 })
        expect(await on.openPeriod(id)).toMatchObject({
          period_start: new Date("2026-04-05T10:00:00Z"),
        })
      })

      it("credits days that fall away", async () => {
        const { id } = await made()
        const figures = await on.preview(
          id,
          { day_of_month: 20 },
          "billing-day"
        )
        const next = "2026-02-20T10:00:00.000Z"
        const credit = shareOf(9.41, {
          from: next,
          start: STARTED_AT,
          end: FIRST_RENEWAL,
        })
        expect(figures).toMatchObject({
          credit,
          due_now: 0,
          credit_balance: credit,
          next_date: next,
        })
        ok(await on.change(id, { day_of_month: 20 }, "billing-day"))
        expect(await on.balanceOf(id)).toBe(credit)
        expect(await on.charges(id)).toEqual([])
        expect(await on.renewAt(next)).toMatchObject({ completed: 1 })
        expect(await on.balanceOf(id)).toBe(0)
      })

      it("refuses what is no day of the rhythm, and no change", async () => {
        const { id } = await made()
        for (const body of [{ weekday: 1 }, { day_of_month: 28 }]) {
          expectError(
            await on.change(id, body, "billing-day"),
            400,
            "validation_failed"
          )
        }
        expect(await on.openPeriod(id)).toMatchObject({
          period_start: new Date(FIRST_RENEWAL),
        })
      })
    })
  },
})
