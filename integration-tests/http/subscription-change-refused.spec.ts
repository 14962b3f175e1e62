import {
  expectError,
  FIRST_RENEWAL,
  ok,
  portalTest,
  runJob,
  setClock,
  STRIPE_PROVIDER,
  SYSTEM_PROVIDER,
} from "../helpers"
import { createStripeClient } from "../helpers/payment-stripe-loopback/stripe-client"
import { changer } from "./subscription-change.support"

jest.setTimeout(300_000)

/** A customer's second one cannot have a card of its own here. */
const SYSTEM = { provider: SYSTEM_PROVIDER }

portalTest({
  stripe: true,
  testSuite: (app) => {
    const on = changer(app)
    const { change, subscribe, variant, itemOf, charges } = on

    /** A subscription of a small coffee, for which tea and big coffee are offered. */
    const coffee = async (
      input: Parameters<typeof subscribe>[0] = {},
      ...skus: string[]
    ) => {
      const made = await subscribe({ provider: STRIPE_PROVIDER, ...input })
      await on.offer(made.planId, "COFFEE-250", ...(skus.length ? skus : []))
      const item = (await itemOf(made.id)) ?? ""
      return { ...made, item }
    }
    const big = (item: string, quantity = 1) => ({
      items: [{ id: item, variant_id: variant("COFFEE-1000"), quantity }],
    })
    describe("a charge that fails", () => {
      it("changes nothing where the card says no", async () => {
        const { id, item } = await coffee({
          card: "pm_card_chargeCustomerFail",
        })
        const before = await on.read(id)
        const { payment, subscription } = ok(
          await change(id, { ...big(item), when: "now" })
        )
        expect(payment).toMatchObject({
          status: "declined",
          decline_code: "generic_decline",
        })
        expect(subscription).toEqual(before)
        const [row] = await charges(id)
        expect(row).toMatchObject({
          status: "canceled",
          voided: true,
          order_id: null,
        })
        expect(await on.openPeriod(id)).toMatchObject({ held_by: null })
        expect(await on.timeline(id)).toContain("system change_failed")
      })

      const bank = async (saved?: {
        accountHolderId: string
        paymentMethodId: string
      }) => {
        const made = await coffee(
          saved
            ? { payment: saved }
            : { card: "pm_card_authenticationRequired" }
        )
        const { payment, subscription } = ok(
          await change(made.id, { ...big(made.item), when: "now" })
        )
        expect(payment).toMatchObject({
          status: "action_required",
          client_secret: expect.stringMatching(/^pi_.+_secret_/) as string,
        })
        expect(subscription).toMatchObject({
          pending_change: { when: "now", status: "action_required" },
          items: [{ variant_id: variant("COFFEE-250") }],
        })
        return made
      }
      const confirm = async (id: string) => {
        const [row] = await charges(id)
        await createStripeClient(app.stripe().url).paymentIntents.confirm(
          row?.provider_payment_id ?? "",
          { payment_method: "pm_card_visa" }
        )
        // Nobody has it: as after the lease of who charged it.
        await app.db(
          "update portal_subscription_cycle set claimed_until = now() where id = ?",
          [row?.id ?? ""]
        )
        await runJob(on.admin(), "settle-unknown-charges")
      }

      it("waits for the customer's bank, and so does the next period", async () => {
        const { id, item } = await bank()
        expectError(
          await change(id, { ...big(item, 2), when: "now" }),
          409,
          "charge_in_progress"
        )
        expectError(await on.act(id, "order-now"), 409, "charge_in_progress")
        expect(await on.renewAt("2026-02-10T09:30:00Z")).toMatchObject({
          claimed: 0,
        })
        await confirm(id)
        expect(await charges(id)).toMatchObject([{ status: "completed" }])
        expect(await on.read(id)).toMatchObject({
          pending_change: null,
          items: [{ variant_id: variant("COFFEE-1000") }],
        })
      })

      it("can be dropped, and is by itself after an hour", async () => {
        const first = await bank()
        expect(
          ok(await on.drop(first.id)).subscription.pending_change
        ).toBeNull()
        const [card] = await app.db<{ holder: string; method: string }>(
          `select account_holder_id as holder, payment_method_id as method
             from portal_subscription where id = ?`,
          [first.id]
        )
        const second = await bank({
          accountHolderId: card?.holder ?? "",
          paymentMethodId: card?.method ?? "",
        })
        await setClock(on.admin(), "2026-02-10T10:30:00Z")
        await runJob(on.admin(), "settle-unknown-charges")
        for (const { id } of [first, second]) {
          expect(await charges(id)).toMatchObject([
            { status: "canceled", voided: true, order_id: null },
          ])
          expect(await on.itemsOf(id)).toEqual([
            { variant_id: variant("COFFEE-250"), quantity: 1 },
          ])
        }
        expect(await on.renewAt(FIRST_RENEWAL)).toMatchObject({ claimed: 2 })
      })

      it("keeps the money as credit where the bank was faster than the drop", async () => {
        const { id } = await bank()
        const [row] = await charges(id)
        await createStripeClient(app.stripe().url).paymentIntents.confirm(
          row?.provider_payment_id ?? "",
          { payment_method: "pm_card_visa" }
        )
        ok(await on.drop(id))
        await app.db(
          "update portal_subscription_cycle set claimed_until = now() where id = ?",
          [row?.id ?? ""]
        )
        await runJob(on.admin(), "settle-unknown-charges")
        expect(await charges(id)).toMatchObject([{ status: "completed" }])
        expect(await on.balanceOf(id)).toBe(row?.amount)
        expect(await on.itemsOf(id)).toEqual([
          { variant_id: variant("COFFEE-250"), quantity: 1 },
        ])
      })
    })

    describe("what is refused", () => {
      it("says so, and changes nothing", async () => {
        const { id, item } = await coffee()
        const refuse = async (
          body: Record<string, unknown>,
          status: number,
          code: string
        ) => {
          for (const route of ["change/preview", "change"]) {
            expectError(
              await on
                .anna()
                .api.post(`/store/portal/subscriptions/${id}/${route}`, body),
              status,
              code
            )
          }
        }
        await refuse(
          { items: [{ variant_id: variant("TEA-BOX"), quantity: 1 }] },
          400,
          "plan_not_offered"
        )
        await refuse({ plan_id: "no_such" }, 400, "plan_not_offered")
        await refuse(
          { items: [{ id: item, quantity: 0 }] },
          400,
          "validation_failed"
        )
        await refuse(
          { items: [{ id: item, quantity: 1 }] },
          400,
          "validation_failed"
        )
        await refuse(
          { items: [{ id: "subi_other", quantity: 1 }] },
          400,
          "validation_failed"
        )
        await refuse(
          { ...big(item), at: "2026-02-10T08:00:00Z" },
          400,
          "date_out_of_range"
        )
        await app.db(
          "update portal_subscription set status = 'past_due' where id = ?",
          [id]
        )
        await refuse(big(item), 409, "payment_pending")
        await app.db(
          "update portal_subscription set status = 'paused' where id = ?",
          [id]
        )
        await refuse(big(item), 400, "subscription_transition_not_allowed")
        const closed = await coffee(SYSTEM)
        await app.db(
          `update portal_subscription_plan set customer_actions = '{}' where id = ?`,
          [closed.planId]
        )
        expectError(
          await change(closed.id, big(closed.item)),
          400,
          "action_not_offered"
        )
        expect(
          ok(await on.staff(closed.id, "change", big(closed.item))).subscription
            .pending_change
        ).not.toBeNull()
        const bound = await coffee({ ...SYSTEM, plan: { min_cycles: 6 } })
        ok(await change(bound.id, { ...big(bound.item), when: "now" }))
        expectError(
          await change(bound.id, {
            items: [
              {
                id: bound.item,
                variant_id: variant("COFFEE-250"),
                quantity: 1,
              },
            ],
          }),
          400,
          "minimum_term_running"
        )
        expect(await on.itemsOf(id)).toEqual([
          { variant_id: variant("COFFEE-250"), quantity: 1 },
        ])
      })
    })
  },
})
