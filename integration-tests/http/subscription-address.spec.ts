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
  STRIPE_PROVIDER,
} from "../helpers"
import { ALL_ACTIONS } from "../helpers/subscription-rows"
import type { SubscriptionActionResponse } from "../../src/types/subscription-actions-http"
import type { PricedCharge } from "../../src/types/next-charge-http"
import { subscriber } from "./subscription-actions.support"

jest.setTimeout(300_000)

const HAMBURG = {
  first_name: "Clara",
  last_name: "Customer",
  address_1: "Neuer Wall 9",
  city: "Hamburg",
  postal_code: "20354",
  country_code: "de",
}
const PARIS = {
  address_1: "1 rue de Rivoli",
  city: "Paris",
  postal_code: "75001",
  country_code: "fr",
}

portalTest({
  stripe: true,
  testSuite: (app) => {
    const { admin, anna, subscribe, renewAt } = subscriber(app)

    const move = (id: string, shipping_address: object, more: object = {}) =>
      anna().api.post<SubscriptionActionResponse>(
        `/store/portal/subscriptions/${id}/address`,
        { shipping_address, ...more }
      )
    const orderAddress = async (id: string) =>
      (
        await app.db<{ address_1: string; country_code: string }>(
          `select a.address_1, a.country_code
             from portal_subscription_cycle c
             join "order" o on o.id = c.order_id
             join order_address a on a.id = o.shipping_address_id
            where c.subscription_id = ? and c.sequence > 0
            order by c.sequence desc limit 1`,
          [id]
        )
      )[0]
    const addressOf = async (id: string) =>
      (
        await app.db<{ shipping_address: { address_1: string } }>(
          "select shipping_address from portal_subscription where id = ?",
          [id]
        )
      )[0]?.shipping_address.address_1

    it("sends the next order there, with the taxes of that place (B14)", async () => {
      const { id } = await subscribe({ unitPrice: 100 })
      const { next_charge } = ok(
        await anna().api.post<{ next_charge: PricedCharge }>(
          `/store/portal/subscriptions/${id}/address/preview`,
          { shipping_address: PARIS }
        )
      )
      // France has another rate than Germany.
      const home = ok(
        await anna().api.get<{ next_charge: PricedCharge }>(
          `/store/portal/subscriptions/${id}/next-charge`
        )
      ).next_charge
      expect(next_charge.items[0]?.taxes).not.toEqual(home.items[0]?.taxes)
      expect(await addressOf(id)).toBe("Hafenstr. 1")

      expectError(
        await move(id, PARIS, { expected_total: next_charge.amount + 1 }),
        409,
        "expected_total"
      )
      expect(await addressOf(id)).toBe("Hafenstr. 1")
      ok(await move(id, PARIS, { expected_total: next_charge.amount }))
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ completed: 1 })
      expect(await orderAddress(id)).toEqual({
        address_1: PARIS.address_1,
        country_code: "fr",
      })
      const [cycle] = await app.db<{ amount: string }>(
        "select amount from portal_subscription_cycle where subscription_id = ? and sequence = 1",
        [id]
      )
      expect(Number(cycle?.amount)).toBe(next_charge.amount)
    })

    it("refuses an address that nothing reaches, and keeps the old one", async () => {
      const { id } = await subscribe()
      expectError(
        await move(id, { ...PARIS, country_code: "us" }),
        400,
        "address_not_deliverable"
      )
      expect(await addressOf(id)).toBe("Hafenstr. 1")
    })

    it("lets a failed charge go on only to a place that costs the same", async () => {
      const { id } = await subscribe({
        provider: STRIPE_PROVIDER,
        card: "pm_card_chargeCustomerFail",
      })
      expect(await renewAt(FIRST_RENEWAL)).toMatchObject({ declined: 1 })
      expectError(await move(id, PARIS), 409, "payment_pending")
      ok(
        await move(id, {
          ...HAMBURG,
          address_1: "Hafenstr. 2",
          postal_code: "20457",
        })
      )
      expect(await addressOf(id)).toBe("Hafenstr. 2")
    })

    it("while the job charges: what is taxed is where it is sent", async () => {
      const made = await makeSubscriptions(app, {
        customer: anna(),
        count: 10,
        plan: { customer_actions: ALL_ACTIONS },
      })
      await setClock(admin(), FIRST_RENEWAL)
      const [, moved] = await Promise.all([
        runJob(admin(), "renew-subscriptions"),
        parallel(made.length, (index) => move(made[index]?.id ?? "", PARIS)),
      ])
      expect(
        moved.fulfilled.filter(({ status }) => ![200, 409].includes(status))
      ).toEqual([])
      const rows = await app.db<{ country_code: string; code: string }>(
        `select a.country_code, t.code
           from portal_subscription_cycle c
           join "order" o on o.id = c.order_id
           join order_address a on a.id = o.shipping_address_id
           join order_item i on i.order_id = o.id
           join order_line_item_tax_line t on t.item_id = i.item_id
          where c.sequence = 1 and c.status = 'completed'`
      )
      expect(rows.length).toBeGreaterThan(0)
      for (const { country_code, code } of rows) {
        expect(code).toMatch(new RegExp(`^${country_code}`, "i"))
      }
    })

    it("is the customer's own only, and the plan's to offer", async () => {
      const bert = await registerCustomer(app)
      const foreign = await subscribe({ customer: bert })
      expectError(await move(foreign.id, PARIS), 404, "not_found")
      const closed = await subscribe({
        plan: { customer_actions: { ...ALL_ACTIONS, change_address: false } },
      })
      expectError(await move(closed.id, HAMBURG), 400, "action_not_offered")
    })
  },
})
