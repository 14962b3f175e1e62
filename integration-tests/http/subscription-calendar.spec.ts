import {
  expectError,
  FIRST_RENEWAL,
  makeSubscriptions,
  ok,
  parallel,
  portalTest,
  registerCustomer,
  runJob,
  setClock,
  statuses,
  STRIPE_PROVIDER,
} from "../helpers"
import { ALL_ACTIONS } from "../helpers/subscription-rows"
import {
  PAID_UP,
  subscriber,
  type Counts,
} from "./subscription-actions.support"

jest.setTimeout(300_000)

portalTest({
  stripe: true,
  options: { renewals: { retryDays: [1, 3] } },
  testSuite: (app) => {
    const {
      admin,
      anna,
      act,
      staff,
      subscribe,
      cyclesOf,
      open,
      statusOf,
      renewAt,
      attempts,
      timeline,
    } = subscriber(app)

    describe("pause and resume", () => {
      it("charges nothing in a pause and resumes by itself", async () => {
        const { id } = await subscribe()
        const { subscription } = ok(await act(id, "pause", { cycles: 2 }))
        expect(subscription).toMatchObject({
          status: "paused",
          paused_at: PAID_UP,
          // The periods of February and March are left out.
          resumes_at: "2026-04-30T10:00:00.000Z",
          next_charge: null,
        })
        expect(await renewAt("2026-03-31T12:00:00Z")).toMatchObject({
          resumed: 0,
          claimed: 0,
        })
        expect(await renewAt("2026-04-30T10:00:00Z")).toMatchObject({
          resumed: 1,
          claimed: 1,
          completed: 1,
        })
        expect(await statusOf(id)).toEqual({
          status: "active",
          resumes_at: null,
        })
        expect(await attempts(id)).toBe(1)
        expect(await open(id)).toMatchObject({
          status: "scheduled",
          due_at: new Date("2026-05-31T10:00:00Z"),
        })
        expect(await timeline(id)).toEqual([
          "customer created",
          "customer paused",
          "system resumed",
          "system renewed",
        ])
      })

      it("charges one period at most after a pause of half a year (B5)", async () => {
        // Also where the plan charges each period that a stop of the store missed.
        const { id } = await subscribe({
          plan: { missed_period_policy: "charge_each" },
        })
        ok(await act(id, "pause"))
        expect(await renewAt("2026-09-10T12:00:00Z")).toMatchObject({
          claimed: 0,
        })
        const answer = ok(await act(id, "resume", { charge: "now" }))
        expect(answer.payment).toMatchObject({ status: "paid" })
        for (let run = 0; run < 5; run += 1) {
          expect(await renewAt("2026-09-10T12:05:00Z")).toMatchObject({
            claimed: 0,
          })
        }
        expect(await attempts(id)).toBe(1)
        expect(await open(id)).toMatchObject({
          due_at: new Date("2026-09-30T10:00:00Z"),
        })
      })

      it("waits for the next period where that is asked for", async () => {
        const { id } = await subscribe()
        ok(await act(id, "pause"))
        await setClock(admin(), "2026-09-10T12:00:00Z")
        const answer = ok(await act(id, "resume", { charge: "next_period" }))
        expect(answer).toMatchObject({
          payment: null,
          subscription: {
            status: "active",
            next_charge: { date: "2026-09-30T10:00:00.000Z" },
          },
        })
        expect(await attempts(id)).toBe(0)
      })

      it("keeps the date of a charge that was not due in the pause", async () => {
        const { id } = await subscribe()
        ok(await act(id, "pause", { until: "2026-05-15T00:00:00Z" }))
        const answer = ok(await act(id, "resume"))
        expect(answer).toMatchObject({
          payment: null,
          subscription: { next_charge: { date: FIRST_RENEWAL } },
        })
      })

      it("gives up the failed charge of a period that is over", async () => {
        const { id, cycleId } = await subscribe({
          provider: STRIPE_PROVIDER,
          card: "pm_card_chargeCustomerFail",
        })
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
        ok(await act(id, "pause"))
        expect(await renewAt("2026-03-03T12:00:00Z")).toMatchObject({
          claimed: 0,
        })
        await setClock(admin(), "2026-06-10T12:00:00Z")
        ok(await act(id, "resume", { charge: "next_period" }))
        expect(
          (await cyclesOf(id)).map((cycle) => [
            cycle.status,
            cycle.period_index,
          ])
        ).toEqual([
          ["completed", 0],
          ["canceled", 1],
          ["scheduled", 5],
        ])
        // No old link may pay it any more.
        const { counts } = await runJob<Counts>(
          admin(),
          "settle-unknown-charges"
        )
        expect(counts).toMatchObject({ payments_voided: 1 })
        const [cycle] = await app.db<{ provider_payment_id: string }>(
          "select provider_payment_id from portal_subscription_cycle where id = ?",
          [cycleId]
        )
        const paths = app.stripe().requests.map(({ path }) => path)
        expect(paths).toContain(
          `/v1/payment_intents/${cycle?.provider_payment_id}/cancel`
        )
      })

      it("refuses what goes beyond the plan's limits and changes nothing (B13)", async () => {
        const { id } = await subscribe({
          limits: { pause_max_days: 60, pause_max_cycles: 2 },
        })
        const before = await cyclesOf(id)
        for (const body of [
          { until: "2099-01-01T00:00:00Z" },
          { until: "2026-02-10T08:59:59Z" },
          { cycles: 3 },
        ]) {
          expectError(await act(id, "pause", body), 400, "action_out_of_bounds")
        }
        expectError(
          await act(id, "pause", { cycles: 1, until: "2026-03-01T00:00:00Z" }),
          400,
          "validation_failed"
        )
        expect(await statusOf(id)).toMatchObject({ status: "active" })
        expect(await cyclesOf(id)).toEqual(before)
        // Staff may.
        ok(await staff(id, "pause", { cycles: 3 }))
      })

      it("refuses what the plan does not offer", async () => {
        const { id } = await subscribe({
          plan: { customer_actions: { ...ALL_ACTIONS, pause: false } },
        })
        expectError(await act(id, "pause"), 400, "action_not_offered")
        ok(await staff(id, "pause"))
        // Who was paused by staff can still resume.
        ok(await act(id, "resume"))
      })

      it("is done once, however many ask at once", async () => {
        const { id } = await subscribe()
        const paused = await parallel(20, () =>
          act(id, "pause", { expected_status: "active" })
        )
        expect(statuses(paused.fulfilled)).toEqual({ 200: 1, 409: 19 })
        await setClock(admin(), "2026-06-10T12:00:00Z")
        const resumed = await parallel(20, () =>
          act(id, "resume", { expected_status: "paused" })
        )
        expect(statuses(resumed.fulfilled)).toEqual({ 200: 1, 409: 19 })
        expect(await attempts(id)).toBe(1)
        expect(
          (await timeline(id)).filter((one) => /pause|resume/.test(one))
        ).toHaveLength(2)
      })
    })

    describe("a pause while the job charges", () => {
      it("has one winner, and the money is right", async () => {
        const made = await makeSubscriptions(app, {
          customer: anna(),
          count: 12,
          plan: { customer_actions: ALL_ACTIONS },
        })
        await setClock(admin(), FIRST_RENEWAL)
        const [job, paused] = await Promise.all([
          runJob<Counts>(admin(), "renew-subscriptions"),
          parallel(made.length, (index) =>
            act(made[index]?.id ?? "", "pause", { expected_status: "active" })
          ),
        ])
        for (const { id } of made) {
          const cycles = await cyclesOf(id)
          const charged = await attempts(id)
          expect(charged).toBeLessThanOrEqual(1)
          expect(
            cycles.filter(({ status }) => status === "completed")
          ).toHaveLength(1 + (charged ?? 0))
          expect(cycles.at(-1)?.status).toMatch(/scheduled/)
        }
        expect(job.counts.claimed).toBeGreaterThanOrEqual(0)
        expect(
          paused.fulfilled.every(({ status }) => [200, 409].includes(status))
        ).toBe(true)
        // Whoever is paused is charged no more.
        const before = await Promise.all(made.map(({ id }) => attempts(id)))
        await renewAt("2026-03-02T10:00:00Z")
        const after = await Promise.all(made.map(({ id }) => attempts(id)))
        const states = await Promise.all(made.map(({ id }) => statusOf(id)))
        states.forEach((state, index) => {
          if (state?.status === "paused") {
            expect(after[index]).toBe(before[index])
          }
        })
      })
    })

    describe("skip and unskip", () => {
      it("leaves periods out and takes them back", async () => {
        const { id } = await subscribe()
        const skipped = ok(await act(id, "skip", { cycles: 2 }))
        expect(skipped.subscription.next_charge?.date).toBe(
          "2026-04-30T10:00:00.000Z"
        )
        expect((await cyclesOf(id)).map(({ status }) => status)).toEqual([
          "completed",
          "skipped",
          "skipped",
          "scheduled",
        ])
        const back = ok(await act(id, "unskip"))
        expect(back.subscription.next_charge?.date).toBe(FIRST_RENEWAL)
        expect((await cyclesOf(id)).map(({ status }) => status)).toEqual([
          "completed",
          "scheduled",
        ])
        expectError(
          await act(id, "unskip"),
          400,
          "subscription_transition_not_allowed"
        )
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
      })

      it("charges the period after the skipped one on its own date", async () => {
        const { id } = await subscribe()
        ok(await act(id, "skip"))
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ claimed: 0 })
        expect(await renewAt("2026-03-31T10:00:00Z")).toMatchObject({
          completed: 1,
        })
        expect(await open(id)).toMatchObject({
          due_at: new Date("2026-04-30T10:00:00Z"),
        })
        // What has begun is not taken back.
        expectError(
          await act(id, "unskip"),
          400,
          "subscription_transition_not_allowed"
        )
      })

      it("skips no more at a time than the plan says, also in parallel", async () => {
        const { id } = await subscribe({ limits: { skip_max_cycles: 3 } })
        const results = await parallel(20, () => act(id, "skip"))
        expect(statuses(results.fulfilled)).toEqual({ 200: 3, 400: 17 })
        expect(
          (await cyclesOf(id)).map(({ sequence, status }) => [sequence, status])
        ).toEqual([
          [0, "completed"],
          [1, "skipped"],
          [2, "skipped"],
          [3, "skipped"],
          [4, "scheduled"],
        ])
      })
    })

    describe("reschedule", () => {
      it("moves one charge and none after it", async () => {
        const { id } = await subscribe()
        const moved = ok(await act(id, "reschedule", { date: "2026-03-05" }))
        expect(moved.subscription.next_charge?.date).toBe(
          "2026-03-05T10:00:00.000Z"
        )
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ claimed: 0 })
        expect(await renewAt("2026-03-05T10:00:00Z")).toMatchObject({
          completed: 1,
        })
        expect(await open(id)).toMatchObject({
          due_at: new Date("2026-03-31T10:00:00Z"),
        })
      })

      it("may bring it forward", async () => {
        const { id } = await subscribe()
        ok(await act(id, "reschedule", { date: "2026-02-11T06:00:00Z" }))
        expect(await renewAt("2026-02-11T06:00:00Z")).toMatchObject({
          completed: 1,
        })
        expect(await open(id)).toMatchObject({
          period_index: 2,
          due_at: new Date("2026-03-31T10:00:00Z"),
        })
      })

      it.each([
        ["the past", "2026-02-09"],
        ["beyond the plan's days", "2026-03-29"],
        ["a century ahead", "2099-01-01"],
      ])("refuses %s", async (_, date) => {
        const { id } = await subscribe({ limits: { reschedule_max_days: 20 } })
        expectError(
          await act(id, "reschedule", { date }),
          400,
          "action_out_of_bounds"
        )
        expect(await open(id)).toMatchObject({
          due_at: new Date(FIRST_RENEWAL),
        })
      })

      it("refuses a day that would collide with the charge after it", async () => {
        const { id } = await subscribe()
        expectError(
          await act(id, "reschedule", { date: "2026-03-31T09:00:00Z" }),
          400,
          "action_out_of_bounds"
        )
      })

      it("refuses what is no date", async () => {
        const { id } = await subscribe()
        expectError(
          await act(id, "reschedule", { date: "2026-02-30" }),
          400,
          "date_invalid"
        )
      })
    })

    describe("whose subscription it is", () => {
      it.each([
        "pause",
        "resume",
        "skip",
        "unskip",
        "order-now",
        "retry-payment",
      ])("%s of somebody else's is not found", async (action) => {
        const bert = await registerCustomer(app)
        const { id } = await subscribe({ customer: bert })
        expectError(await act(id, action), 404, "not_found")
        expect(await statusOf(id)).toMatchObject({ status: "active" })
      })
    })

    describe("a parked subscription", () => {
      it("is charged again when staff let it go on", async () => {
        const { id } = await subscribe()
        await app.db(
          "update portal_subscription set parked_at = now(), parked_reason = 'x' where id = ?",
          [id]
        )
        await renewAt(FIRST_RENEWAL)
        expect(await attempts(id)).toBe(0)
        ok(await staff(id, "unpark"))
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
        expectError(
          await staff(id, "unpark"),
          400,
          "subscription_transition_not_allowed"
        )
      })
    })

    describe("events", () => {
      it("go out later where a crash came before them", async () => {
        const { id } = await subscribe()
        ok(await act(id, "pause"))
        await app.db(
          `update portal_subscription_event set emitted_at = null,
                  created_at = now() - interval '2 minutes'
            where subscription_id = ? and event_name is not null`,
          [id]
        )
        const first = await runJob<Counts>(admin(), "settle-unknown-charges")
        expect(first.counts).toMatchObject({ events_sent: 1 })
        const second = await runJob<Counts>(admin(), "settle-unknown-charges")
        expect(second.counts).toMatchObject({ events_sent: 0 })
      })
    })
  },
})
