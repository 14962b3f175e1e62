import { Modules } from "@medusajs/framework/utils"

import {
  completeCart,
  createPlan,
  createSubscriptionCart,
  eventuallySubscriptions,
  exchange,
  FIRST_RENEWAL,
  mailbox,
  makeSubscriptions,
  ok,
  openPayment,
  parallel,
  portalTest,
  refuseMails,
  registerCustomer,
  setClock,
  STRIPE_PROVIDER,
  textOf,
  tokenOf,
} from "../helpers"
import {
  aMoment,
  dieAtEvents,
  loseEvents,
  noticeTools,
  subjectOf,
  TWO_BRANDS,
} from "./subscription-notices.support"
import { openShops } from "./tenants.support"

jest.setTimeout(300_000)

const DECLINES = "pm_card_chargeCustomerFail"

/** What customers are told of their subscriptions, how often and by whom. */
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
      sweep,
      templates,
      mail,
      tell,
      pending,
    } = noticeTools(app)

    afterEach(() => {
      jest.restoreAllMocks()
    })

    describe("a charge", () => {
      it("is told of once, with order, amount and next date", async () => {
        const { id } = await subscribe()
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
        const text = textOf(await mail("renewed"))
        const [order] = await app.db<{ display_id: number }>(
          `select o.display_id from "order" o
             join portal_subscription_cycle c on c.order_id = o.id
            where c.subscription_id = ? and c.sequence = 1`,
          [id]
        )
        const [cycle] = await app.db<{ amount: string }>(
          "select amount from portal_subscription_cycle where subscription_id = ? and sequence = 1",
          [id]
        )
        expect(text).toContain(`€${Number(cycle?.amount).toFixed(2)}`)
        expect(text).toContain(`#${order?.display_id}`)
        expect(text).toContain("March 31, 2026")
        expect(text).toContain("1 × Coffee")
        expect(text).toContain(`https://a.test/account/subscriptions/${id}`)
        expect(text).not.toContain("#t=")
        expect(text).toContain("Shop A")

        await parallel(20, () => tell("portal.subscription.renewed", id))
        await aMoment()
        await sweep()
        expect(templates()).toEqual(["subscription-renewed"])
        expect(await pending()).toEqual([])

        const [row] = await app.db<{ data: unknown }>(
          "select data from notification where template = 'subscription-renewed'"
        )
        expect(row?.data).toEqual({ tenant_id: "a" })
      })

      it("is told of together with others, to each their own", async () => {
        const bert = await registerCustomer(app)
        await subscribe()
        await makeSubscriptions(app, { customer: bert, count: 2 })
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 3 })
        const all = async () => {
          await aMoment()
          return mailbox({ template: "subscription-renewed" }).map(
            ({ to }) => to
          )
        }
        expect((await all()).sort()).toEqual(
          [anna().email, bert.email, bert.email].sort()
        )
      })

      it("is told of after a provider's failure, and not twice to the others", async () => {
        const bert = await registerCustomer(app)
        await subscribe()
        await makeSubscriptions(app, { customer: bert })
        refuseMails("down", "down")
        await renewAt(FIRST_RENEWAL)
        await aMoment()
        await sweep()
        await sweep()
        for (const to of [anna().email, bert.email]) {
          expect(
            mailbox({ to, template: "subscription-renewed" })
          ).toHaveLength(1)
        }
        expect(await pending()).toEqual([])
      })
    })

    describe("a failed charge", () => {
      it("is told of once for each try, with the next one, until the last", async () => {
        const { id } = await subscribe({
          provider: STRIPE_PROVIDER,
          card: DECLINES,
        })
        expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
        const first = textOf(await mail("payment-failed"))
        expect(first).toContain("March 1, 2026")
        expect(first).toContain(`https://a.test/account/subscriptions/${id}`)
        await parallel(20, () => tell("portal.subscription.payment_failed", id))
        await aMoment()
        expect(templates()).toHaveLength(1)

        for (const day of ["01", "03", "05", "07"]) {
          await renewAt(`2026-03-${day}T11:00:00.000Z`)
          await aMoment()
        }
        expect(templates()).toEqual(
          Array.from({ length: 5 }, () => "subscription-payment-failed")
        )
        const texts = mailbox({ to: anna().email }).map(textOf)
        expect(texts.map((text) => text.includes("last try"))).toEqual([
          false,
          false,
          false,
          false,
          true,
        ])
      })

      it("is told of after a crash right after the refusal", async () => {
        const { id } = await subscribe({
          provider: STRIPE_PROVIDER,
          card: DECLINES,
        })
        const bus = app.container().resolve(Modules.EVENT_BUS)
        dieAtEvents(app)
        await renewAt(FIRST_RENEWAL)
        jest.restoreAllMocks()
        const entries = () =>
          app.db<{ id: string; emitted_at: Date | null }>(
            `select id, emitted_at from portal_subscription_event
              where subscription_id = ? and type = 'payment_failed'`,
            [id]
          )
        expect(await entries()).toEqual([
          expect.objectContaining({ emitted_at: null }),
        ])
        const heard: unknown[] = []
        bus.subscribe(
          "portal.subscription.payment_failed",
          ({ data }) => {
            heard.push(data)
            return Promise.resolve()
          },
          { subscriberId: "test-payment-failed" }
        )
        const before = await entries()
        expect(await sweep()).toMatchObject({ events_sent: 1 })
        await mail("payment-failed")
        await aMoment()
        expect(heard).toEqual([
          {
            id,
            cycle_id: expect.any(String) as string,
            entry_id: before[0]?.id,
          },
        ])
        expect(await sweep()).toMatchObject({ events_sent: 0, notices_sent: 0 })
        expect(templates()).toEqual(["subscription-payment-failed"])
      })

      it("says nothing where nothing is owed yet, or the shop has to mend it", async () => {
        const { id } = await subscribe({
          provider: STRIPE_PROVIDER,
          card: DECLINES,
        })
        await act(id, "order-now")
        await subscribe({ shippingOptionId: "so_gone" })
        await renewAt("2026-02-28T09:00:00.000Z")
        await aMoment()
        expect(templates()).toEqual([])
      })
    })

    it("asks for the bank's confirmation with a link that opens that payment", async () => {
      const { id } = await subscribe({
        provider: STRIPE_PROVIDER,
        card: "pm_card_authenticationRequired",
      })
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ action_required: 1 })
      const sent = await mail("action-required")
      const url = /https?:\/\/\S+#t=\S+/.exec(textOf(sent))?.[0] ?? ""
      expect(url).toMatch(/^https:\/\/a\.test\/account\//)
      await tell("portal.subscription.action_required", id)
      await aMoment()
      await sweep()
      expect(templates()).toEqual(["subscription-action-required"])

      const opened = ok(await exchange(app.store, tokenOf(url)))
      expect(opened.portal_session).toMatchObject({
        flow: { type: "payment_action", data: { subscription_id: id } },
      })
      const kept = await app.db<{ row: string }>(
        `select to_jsonb(n)::text as row from notification n
         union all select to_jsonb(e)::text from portal_subscription_event e`
      )
      expect(kept.map(({ row }) => row).join()).not.toContain(tokenOf(url))
    })

    it("asks for no confirmation of what was paid meanwhile", async () => {
      const { id } = await subscribe({
        provider: STRIPE_PROVIDER,
        card: "pm_card_authenticationRequired",
      })
      loseEvents(app)
      await renewAt(FIRST_RENEWAL)
      jest.restoreAllMocks()
      expect(await pending()).toEqual(["action_required"])
      await app.db(
        `update portal_subscription_cycle set status = 'completed'
          where subscription_id = ? and sequence = 1`,
        [id]
      )
      await sweep()
      expect(templates()).toEqual([])
      expect(await pending()).toEqual([])
    })

    describe("what customers and staff do", () => {
      it("is confirmed once each, in the customer's language", async () => {
        ok(
          await anna().api.post("/store/portal/communication-preferences", {
            locale: "de-AT",
            categories: { renewals: false },
          })
        )
        const { id } = await subscribe()
        await act(id, "pause", { cycles: 1 })
        const paused = await mail("paused")
        expect(subjectOf(paused)).toBe("Ihr Abo bei Shop A pausiert")
        expect(textOf(paused)).toContain("31. März 2026")
        await act(id, "resume", { charge: "next_period" })
        expect(textOf(await mail("resumed"))).toContain("28. Februar 2026")
        await act(id, "cancel", { when: "period_end" })
        expect(textOf(await mail("cancel-scheduled"))).toContain(
          "endet am 28. Februar 2026"
        )
        await act(id, "reactivate")
        await act(id, "skip")
        await act(id, "unskip")
        await act(id, "cancel", { when: "now" })
        await mail("ended")
        for (const event of [
          "paused",
          "resumed",
          "cancel_scheduled",
          "canceled",
        ]) {
          await tell(`portal.subscription.${event}`, id)
        }
        await aMoment()
        await sweep()
        expect(templates()).toEqual([
          "subscription-paused",
          "subscription-resumed",
          "subscription-cancel-scheduled",
          "subscription-ended",
        ])
        expect(mailbox({ to: anna().email }).map(subjectOf).join()).not.toMatch(
          /subscription|Your/
        )
      })

      it("is confirmed where events go nowhere, by the next settlement", async () => {
        const { id } = await subscribe()
        loseEvents(app)
        await act(id, "pause")
        await aMoment()
        expect(templates()).toEqual([])
        jest.restoreAllMocks()
        await app.db(
          "update portal_subscription_event set created_at = created_at - interval '2 minutes'"
        )
        await parallel(5, () =>
          admin().post("/admin/portal/jobs/settle-unknown-charges/run", {})
        )
        await aMoment()
        expect(templates()).toEqual(["subscription-paused"])
      })

      it("is not told days later", async () => {
        const { id } = await subscribe()
        loseEvents(app)
        await act(id, "pause")
        jest.restoreAllMocks()
        await app.db(
          "update portal_subscription_event set created_at = created_at - interval '4 days'"
        )
        expect(await sweep()).toMatchObject({ notices_sent: 0 })
        expect(await pending()).toEqual([])
        expect(templates()).toEqual([])
      })
    })

    it("tells of the purchase and of its trial", async () => {
      await setClock(admin(), null)
      const plan = await createPlan(app, ["COFFEE-250"], { trial_days: 14 })
      const cart = await createSubscriptionCart(app, anna().api, {
        lines: [{ sku: "COFFEE-250", plan }],
        shipping: true,
      })
      await openPayment(anna().api, cart)
      expect((await completeCart(anna().api, cart)).type).toBe("order")
      const [subscription] = await eventuallySubscriptions(app)
      const text = textOf(await mail("started"))
      expect(text).toContain("free trial lasts until")
      await tell("portal.subscription.created", String(subscription?.id))
      await aMoment()
      expect(templates()).toEqual(["subscription-started"])
    })

    describe("brands", () => {
      it("write under their own name and address, and never under another's", async () => {
        const { channels } = await openShops(app)
        const atB = await subscribe({}, { sales_channel_id: channels.b })
        const nobody = await subscribe({}, { sales_channel_id: null })
        for (const { id } of [atB, nobody]) {
          ok(await admin().post(`/admin/subscriptions/${id}/pause`, {}))
        }
        const sent = await mail("paused")
        await aMoment()
        expect(templates()).toHaveLength(1)
        expect(subjectOf(sent)).toBe(
          "Votre abonnement chez Shop B est en pause"
        )
        expect(textOf(sent)).toContain(
          `https://b.test/account/subscriptions/${atB.id}`
        )
        expect(JSON.stringify(sent)).not.toMatch(/Shop A|a\.test/)
        expect(await pending()).toEqual([])
      })

      it("write to nobody who is deleted", async () => {
        const { id } = await subscribe({}, { customer_id: "cus_gone" })
        ok(await admin().post(`/admin/subscriptions/${id}/pause`, {}))
        await aMoment()
        expect(mailbox()).toEqual([])
        expect(await pending()).toEqual([])
      })
    })
  },
})
