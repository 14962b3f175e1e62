import { Modules } from "@medusajs/framework/utils"

import {
  FIRST_RENEWAL,
  mailbox,
  makeSubscriptions,
  ok,
  parallel,
  portalTest,
  registerCustomer,
  runJob,
  setClock,
  textOf,
} from "../helpers"
import {
  noticeTools,
  subjectOf,
  TWO_BRANDS,
} from "./subscription-notices.support"

jest.setTimeout(300_000)

type Counts = { counts: Record<string, number> }

/** What customers are told before a charge comes. */
portalTest({
  stripe: true,
  options: TWO_BRANDS,
  testSuite: (app) => {
    const {
      admin,
      anna,
      subscribe,
      act,
      renewAt,
      remindAt,
      sweep,
      templates,
      mail,
    } = noticeTools(app)

    afterEach(() => {
      jest.restoreAllMocks()
    })

    describe("reminders", () => {
      it("come once, days before the charge, with the amount that is charged", async () => {
        const { id } = await subscribe()
        expect(await remindAt("2026-02-25T09:59:00.000Z")).toMatchObject({
          sent: 0,
        })
        await setClock(admin(), "2026-02-25T10:05:00.000Z")
        const runs = await parallel(20, () =>
          runJob<Counts>(admin(), "send-renewal-reminders")
        )
        expect(
          runs.fulfilled.reduce(
            (sum, { counts }) => sum + (counts.sent ?? 0),
            0
          )
        ).toBe(1)
        const sent = await mail("renewal-upcoming")
        expect(subjectOf(sent)).toBe(
          "Your subscription at Shop A renews in 3 days"
        )
        const text = textOf(sent)
        expect(text).toContain("February 28, 2026")
        expect(text).toContain("skip it or cancel")
        await remindAt("2026-02-26T10:05:00.000Z")
        await sweep()
        expect(templates()).toEqual(["subscription-renewal-upcoming"])

        await renewAt(FIRST_RENEWAL)
        await mail("renewed")
        const [cycle] = await app.db<{ amount: string }>(
          "select amount from portal_subscription_cycle where subscription_id = ? and sequence = 1",
          [id]
        )
        expect(text).toContain(`€${Number(cycle?.amount).toFixed(2)}`)
        // The next period has one of its own.
        expect(await remindAt("2026-03-28T10:05:00.000Z")).toMatchObject({
          sent: 1,
        })
      })

      it("follow the plan, the date and the customer's wish", async () => {
        const never = { plan: { reminder_days: 0 } }
        const week = { plan: { interval: "week" as const } }
        await subscribe(never)
        await subscribe(week)
        const early = await subscribe({ plan: { reminder_days: 10 } })
        const canceled = await subscribe()
        await act(canceled.id, "cancel", { when: "period_end" })
        const paused = await subscribe()
        await act(paused.id, "pause")
        const moved = await subscribe()
        await act(moved.id, "reschedule", { date: "2026-03-10" })
        const bert = await registerCustomer(app)
        ok(
          await bert.api.post("/store/portal/communication-preferences", {
            categories: { renewals: false },
          })
        )
        await makeSubscriptions(app, { customer: bert })

        expect(await remindAt("2026-02-18T10:05:00.000Z")).toMatchObject({
          sent: 1,
        })
        expect(textOf(await mail("renewal-upcoming"))).toContain(early.id)
        expect(await remindAt("2026-02-26T10:05:00.000Z")).toMatchObject({
          sent: 0,
          announced: 1,
        })
        expect(mailbox({ to: bert.email })).toEqual([])
        expect(await remindAt("2026-03-07T10:05:00.000Z")).toMatchObject({
          sent: 1,
        })
        const last = mailbox({ template: "subscription-renewal-upcoming" }).at(
          -1
        )
        expect(last && textOf(last)).toContain(moved.id)
      })

      it("come after all where a cancellation is undone, and by a plan's new days", async () => {
        const { id, planId } = await subscribe()
        await act(id, "cancel", { when: "period_end" })
        expect(await remindAt("2026-02-25T10:05:00.000Z")).toMatchObject({
          sent: 0,
        })
        await act(id, "reactivate")
        expect(await remindAt("2026-02-25T10:10:00.000Z")).toMatchObject({
          sent: 1,
        })
        await renewAt(FIRST_RENEWAL)
        await remindAt("2026-03-01T10:00:00.000Z")
        ok(
          await admin().post(`/admin/subscription-plans/${planId}`, {
            reminder_days: 20,
          })
        )
        expect(await remindAt("2026-03-11T10:05:00.000Z")).toMatchObject({
          sent: 1,
        })
      })

      it("announce the end of a trial once, and nothing beside it", async () => {
        await subscribe(
          { plan: { reminder_days: 14 } },
          { status: "trialing", trial_ends_at: FIRST_RENEWAL }
        )
        expect(await remindAt("2026-02-20T10:05:00.000Z")).toMatchObject({
          sent: 0,
        })
        await remindAt("2026-02-25T10:05:00.000Z")
        await remindAt("2026-02-26T10:05:00.000Z")
        expect(templates()).toEqual(["subscription-trial-ending"])
        const [sent] = mailbox({ to: anna().email })
        expect(sent && subjectOf(sent)).toBe(
          "Your free trial at Shop A ends in 3 days"
        )
        expect(sent && textOf(sent)).not.toContain("add a payment method")
        await subscribe(
          { startedAt: "2026-02-10T10:00:00.000Z" },
          { status: "trialing", provider_id: null }
        )
        await remindAt("2026-03-07T10:05:00.000Z")
        const last = mailbox({ to: anna().email }).at(-1)
        expect(last && textOf(last)).toContain("add a payment method")
      })

      it("survive a crash between taking and sending", async () => {
        await subscribe()
        const notifications = app.container().resolve(Modules.NOTIFICATION)
        jest
          .spyOn(notifications, "createNotifications")
          .mockRejectedValue(new Error("killed"))
        expect(await remindAt("2026-02-25T10:05:00.000Z")).toMatchObject({
          announced: 1,
          sent: 0,
        })
        jest.restoreAllMocks()
        expect(await remindAt("2026-02-25T10:20:00.000Z")).toMatchObject({
          announced: 0,
        })
        expect(await sweep()).toMatchObject({ notices_sent: 1 })
        expect(templates()).toEqual(["subscription-renewal-upcoming"])
      })
    })
  },
})
