import {
  adminClient,
  expectError,
  makeSubscriptions,
  ok,
  portalTest,
  runJob,
  setClock,
  type HttpClient,
} from "../helpers"
import type { ActionPreviewResponse } from "../../src/types/subscription-staff-http"
import type { AdminSubscriptionActionResponse } from "../../src/types/subscription-actions-http"
import type { AdminSubscriptionResponse } from "../../src/types/subscription-http"

jest.setTimeout(300_000)

type Body = { [field: string]: string | number }
type Step = { action: string; body?: Body; now?: string }

const PAID_UP = "2026-02-10T09:00:00.000Z"

portalTest({
  testSuite: (app) => {
    let admin: HttpClient
    let id: string

    beforeEach(async () => {
      admin = await adminClient(app)
      await setClock(admin, PAID_UP)
      // The plan offers its customers nothing: staff are not bound by it.
      const [made] = await makeSubscriptions(app)
      id = made?.id ?? ""
    })

    const preview = (action: string, body: Body = {}) =>
      admin.post<ActionPreviewResponse>(`/admin/subscriptions/${id}/preview`, {
        action,
        ...body,
      })
    const act = async (action: string, body: Body = {}) =>
      ok(
        await admin.post<AdminSubscriptionActionResponse>(
          `/admin/subscriptions/${id}/${action}`,
          body
        )
      )
    const detail = async () =>
      ok(
        await admin.get<AdminSubscriptionResponse>(`/admin/subscriptions/${id}`)
      ).subscription
    const rows = () =>
      app.db(
        `select s.status, s.updated_at, s.resumes_at, s.cancel_at,
                c.id, c.status as cycle, c.due_at, c.next_attempt_at,
                (select count(*)::int from portal_subscription_event e
                  where e.subscription_id = s.id) as entries
           from portal_subscription s
           join portal_subscription_cycle c on c.subscription_id = s.id
          where s.id = ? order by c.sequence`,
        [id]
      )

    const STORIES: [string, Step[]][] = [
      ["a pause of two periods", [{ action: "pause", body: { cycles: 2 } }]],
      [
        "a pause until a day, and its end before the next period",
        [
          { action: "pause", body: { until: "2026-05-05T00:00:00Z" } },
          { action: "resume", body: { charge: "next_period" } },
        ],
      ],
      [
        "the end of a long pause, without a charge",
        [
          { action: "pause" },
          {
            action: "resume",
            body: { charge: "next_period" },
            now: "2026-09-10T12:00:00Z",
          },
        ],
      ],
      [
        "a charge by the end of a pause",
        [
          { action: "pause" },
          {
            action: "resume",
            body: { charge: "now" },
            now: "2026-06-10T12:00:00Z",
          },
        ],
      ],
      [
        "periods that are left out, and taken back",
        [{ action: "skip", body: { cycles: 2 } }, { action: "unskip" }],
      ],
      [
        "a charge on another day",
        [{ action: "reschedule", body: { date: "2026-03-05" } }],
      ],
      [
        "an end with the period, undone",
        [{ action: "cancel" }, { action: "reactivate" }],
      ],
      ["an end at once", [{ action: "cancel", body: { when: "now" } }]],
    ]

    describe("the preview of an action", () => {
      it.each(STORIES)("of %s says what then happens", async (_name, steps) => {
        for (const { action, body, now } of steps) {
          if (now) {
            await setClock(admin, now)
          }
          const before = await rows()
          const { preview: said } = ok(await preview(action, body))
          expect(await rows()).toEqual(before)

          const { subscription: is, payment } = await act(action, body)
          expect(said).toMatchObject({
            status: is.status,
            resumes_at: is.resumes_at,
            ends_at: is.ended_at ?? is.cancel_at,
          })
          if (said.next_charge?.is_now) {
            expect(payment?.status).toBe("paid")
            const [paid] = await app.db<{ amount: string }>(
              `select amount from portal_subscription_cycle
                where subscription_id = ? and status = 'completed'
                order by sequence desc limit 1`,
              [id]
            )
            expect(Number(paid?.amount)).toBe(said.next_charge.amount)
          } else {
            expect(payment).toBeNull()
            expect(
              said.next_charge && {
                date: said.next_charge.date,
                amount: said.next_charge.amount,
              }
            ).toEqual(
              is.next_charge && {
                date: is.next_charge.date,
                amount: is.next_charge.amount,
              }
            )
          }
        }
      })

      it("of a pause names the charge that comes after it", async () => {
        const { after_pause, next_charge } = ok(
          await preview("pause", { cycles: 2 })
        ).preview
        expect(next_charge).toBeNull()
        const { subscription } = await act("pause", { cycles: 2 })
        await setClock(admin, subscription.resumes_at ?? "")
        await runJob(admin, "renew-subscriptions")
        const [paid] = await app.db<{ period_start: Date; amount: string }>(
          `select period_start, amount from portal_subscription_cycle
            where subscription_id = ? and status = 'completed' and sequence > 0`,
          [id]
        )
        expect(after_pause).toMatchObject({
          date: paid?.period_start.toISOString(),
          amount: Number(paid?.amount),
        })
        expect(ok(await preview("pause")).preview.after_pause).toBeNull()
      })

      it("is refused as the action is, and of what is not there", async () => {
        expectError(
          await preview("resume"),
          400,
          "subscription_transition_not_allowed"
        )
        expectError(
          await preview("unpark"),
          400,
          "subscription_transition_not_allowed"
        )
        expectError(
          await preview("reschedule", { date: "2027-01-01" }),
          400,
          "action_out_of_bounds"
        )
        expectError(
          await preview("pause", { expected_status: "paused" }),
          409,
          "expected_status"
        )
        expectError(
          await admin.post("/admin/subscriptions/sub_none/preview", {
            action: "pause",
          }),
          404,
          "not_found"
        )
      })
    })

    describe("GET /admin/subscriptions/:id", () => {
      it("names what staff may do, whatever the plan offers", async () => {
        const allowed = async () =>
          (await detail()).available_actions.flatMap(({ action, allowed }) =>
            allowed ? [action] : []
          )
        expect(await allowed()).toEqual(
          expect.arrayContaining(["pause", "skip", "reschedule", "cancel"])
        )
        expect(await allowed()).not.toContain("unskip")
        await act("skip", { cycles: 2 })
        expect(await allowed()).toContain("unskip")
        expect((await detail()).skipped_cycles).toBe(2)
      })

      it("says why it was canceled", async () => {
        expect(await detail()).toMatchObject({
          cancel_reason_code: null,
          cancel_comment: null,
          discount_percent: null,
          discount_cycles_left: null,
        })
        await act("cancel", { reason_code: "unused", comment: "By telephone" })
        expect(await detail()).toMatchObject({
          cancel_reason_code: "unused",
          cancel_comment: "By telephone",
        })
      })
    })
  },
})
