import type { GroupCustomerPair } from "@medusajs/framework/types"

import {
  completeCart,
  createPlan,
  createSubscriptionCart,
  eventually,
  expectError,
  makePlan,
  makeSubscriptions,
  ok,
  openPayment,
  parallel,
  portalSession,
  portalTest,
  registerCustomer,
  setClock,
  STRIPE_PROVIDER,
  type SubscriptionFixtureInput,
} from "../helpers"
import { merchantRoute } from "../helpers/merchant-route"
import { ALL_ACTIONS } from "../helpers/subscription-rows"
import type { EntitlementListResponse } from "../../src/types/memberships-http"
import { requireEntitlement, type EntitledRequest } from "../../src/middlewares"
import { membershipSuite } from "./memberships.support"
import { PAID_UP, subscriber } from "./subscription-actions.support"

jest.setTimeout(300_000)

/** When the period ends that the fixture's purchase has paid. */
const PAID_UNTIL = "2026-02-28T10:00:00.000Z"
const COURSES = [{ key: "courses", name: "All courses", value: { seats: 2 } }]

/** Who is in which customer group because of a subscription, and what it opens. */
portalTest({
  stripe: true,
  options: { renewals: { retryDays: [1] } },
  testSuite: (app) => {
    const { admin, anna, act, staff, subscribe, renewAt } = subscriber(app)
    const {
      customers,
      group,
      links,
      rows,
      reconcile,
      entitlements,
      groupPrice,
      priceFor,
    } = membershipSuite(app)

    afterEach(() => {
      jest.restoreAllMocks()
    })

    /** A subscription of hers whose plan gives a group. */
    const member = async (
      input: SubscriptionFixtureInput = {}
    ): Promise<{ id: string; club: string }> => {
      const club = await group()
      const { id } = await subscribe({
        ...input,
        plan: {
          customer_group_id: club,
          entitlements: COURSES,
          ...input.plan,
        },
      })
      return { id, club }
    }
    const isIn = async (club: string) =>
      (await links(anna().id, club)).length > 0
    const eventuallyOut = (club: string) =>
      eventually(async () => (await isIn(club)) === false || undefined, {
        what: "the end of the membership",
      })
    const eventuallyIn = (club: string) =>
      eventually(async () => (await isIn(club)) || undefined, {
        what: "the membership",
      })

    describe("a membership", () => {
      it("begins with the purchase and brings the group's prices", async () => {
        const club = await group()
        const before = await priceFor(anna().api, "COFFEE-250")
        await groupPrice(admin(), {
          group: club,
          sku: "COFFEE-250",
          amount: before - 3,
        })
        expect(await priceFor(anna().api, "COFFEE-250")).toBe(before)
        const told: unknown[] = []
        app
          .container()
          .resolve("event_bus")
          .subscribe(
            "portal.membership.granted",
            async ({ data }) => {
              told.push(data)
            },
            { subscriberId: "memberships-spec" }
          )

        const plan = await createPlan(app, ["COURSE-EN"], {
          customer_group_id: club,
        })
        const cart = await createSubscriptionCart(app, anna().api, {
          lines: [{ sku: "COURSE-EN", plan }],
        })
        await openPayment(anna().api, cart)
        expect(await completeCart(anna().api, cart)).toMatchObject({
          type: "order",
        })
        await eventuallyIn(club)
        expect(await priceFor(anna().api, "COFFEE-250")).toBe(before - 3)
        const [row] = await rows(anna().id)
        expect(row).toMatchObject({ group_id: club, status: "joined" })
        await eventually(() => told.length > 0 || undefined)
        expect(told).toEqual([
          {
            id: row?.subscription_id,
            customer_id: anna().id,
            customer_group_id: club,
          },
        ])
        // Nobody else has it.
        const other = await registerCustomer(app)
        expect(await priceFor(other.api, "COFFEE-250")).toBe(before)
      })

      it("ends with the subscription, and comes back with it", async () => {
        const { id, club } = await member()
        expect(await reconcile(admin())).toEqual({
          checked: 1,
          granted: 1,
          revoked: 0,
        })
        expect(await isIn(club)).toBe(true)
        // Nothing has changed since: nothing is looked at.
        expect(await reconcile(admin())).toEqual({
          checked: 0,
          granted: 0,
          revoked: 0,
        })

        ok(await act(id, "cancel"))
        await reconcile(admin())
        expect(await isIn(club)).toBe(true)
        ok(await act(id, "reactivate"))
        await reconcile(admin())
        expect(await isIn(club)).toBe(true)

        ok(await act(id, "cancel"))
        await reconcile(admin())
        await setClock(admin(), PAID_UNTIL)
        // The renewal job has not ended it yet: its time is over all the same.
        expect(await entitlements(anna().api)).toEqual([])
        expect(await reconcile(admin())).toMatchObject({ revoked: 1 })
        expect(await isIn(club)).toBe(false)
        expect(await rows(anna().id)).toEqual([])

        // Bought again.
        await setClock(admin(), PAID_UP)
        await makeSubscriptions(app, {
          customer: anna(),
          plan: { customer_group_id: club },
        })
        expect(await reconcile(admin())).toMatchObject({ granted: 1 })
        expect(await isIn(club)).toBe(true)
      })

      it("ends at once, by event, where staff ends it now", async () => {
        const { id, club } = await member()
        await reconcile(admin())
        ok(await staff(id, "cancel", { when: "now" }))
        await eventuallyOut(club)
      })

      it("lasts in a pause as long as what was paid", async () => {
        const { id, club } = await member()
        ok(await act(id, "pause"))
        await reconcile(admin())
        expect(await entitlements(anna().api)).toMatchObject([
          { key: "courses", expires_at: PAID_UNTIL },
        ])
        expect(await isIn(club)).toBe(true)
        await setClock(admin(), "2026-03-05T10:00:00.000Z")
        expect(await entitlements(anna().api)).toEqual([])
        await reconcile(admin())
        expect(await isIn(club)).toBe(false)
        ok(await act(id, "resume"))
        await eventuallyIn(club)
      })

      it("lasts for the grace of a failed charge, and no longer", async () => {
        const { club } = await member({
          provider: STRIPE_PROVIDER,
          card: "pm_card_chargeCustomerFail",
        })
        await reconcile(admin())
        await renewAt(PAID_UNTIL)
        await reconcile(admin())
        expect(await isIn(club)).toBe(true)
        expect(await entitlements(anna().api)).toHaveLength(1)
        // The last try: the charge is given up, and the grace of a week goes on.
        await renewAt("2026-03-01T10:00:01.000Z")
        await reconcile(admin())
        expect(await entitlements(anna().api)).toMatchObject([
          { expires_at: "2026-03-07T10:00:00.000Z" },
        ])
        expect(await isIn(club)).toBe(true)
        // Nothing happens on that day but that the time is over.
        await setClock(admin(), "2026-03-07T10:00:01.000Z")
        expect(await entitlements(anna().api)).toEqual([])
        await reconcile(admin())
        expect(await isIn(club)).toBe(false)
      })

      it("follows the plan to another group", async () => {
        const { club } = await member()
        await reconcile(admin())
        const other = await group()
        const [plan] = await app.db<{ plan_id: string }>(
          "select plan_id from portal_subscription where customer_id = ?",
          [anna().id]
        )
        const path = `/admin/subscription-plans/${plan?.plan_id}`
        ok(await admin().post(path, { customer_group_id: other }))
        expect(await reconcile(admin())).toEqual({
          checked: 1,
          granted: 1,
          revoked: 1,
        })
        expect([await isIn(club), await isIn(other)]).toEqual([false, true])
        ok(await admin().post(path, { customer_group_id: null }))
        await reconcile(admin())
        expect(await isIn(other)).toBe(false)
        expectError(
          await admin().post(path, { customer_group_id: "cusgroup_none" }),
          404,
          "not_found"
        )
      })
    })

    describe("what the merchant did by hand", () => {
      it("stays, whether before or after the membership began", async () => {
        for (const early of [true, false]) {
          const { id, club } = await member()
          const byHand = () =>
            admin().post(`/admin/customer-groups/${club}/customers`, {
              add: [anna().id],
            })
          if (early) {
            ok(await byHand())
          }
          await reconcile(admin())
          if (!early) {
            ok(await byHand())
          }
          expect(await links(anna().id, club)).toHaveLength(2)
          // Twice in the table, once for everybody who looks.
          const { customer } = ok(
            await admin().get<{ customer: { groups: { id: string }[] } }>(
              `/admin/customers/${anna().id}?fields=id,groups.id`
            )
          )
          expect(customer.groups.filter((one) => one.id === club)).toHaveLength(
            1
          )
          const listed = ok(
            await admin().get<{ count: number }>(
              `/admin/customers?groups=${club}`
            )
          )
          expect(listed.count).toBe(1)

          ok(await staff(id, "cancel", { when: "now" }))
          await eventually(
            async () => (await rows(anna().id)).length === 0 || undefined
          )
          await reconcile(admin())
          expect(await links(anna().id, club)).toHaveLength(1)
        }
      })

      it("takes no other customer along", async () => {
        const { id, club } = await member()
        const other = await registerCustomer(app)
        ok(
          await admin().post(`/admin/customer-groups/${club}/customers`, {
            add: [other.id],
          })
        )
        await reconcile(admin())
        ok(await staff(id, "cancel", { when: "now" }))
        await eventuallyOut(club)
        expect(await links(other.id, club)).toHaveLength(1)
      })
    })

    it("keeps the membership while another subscription grants it", async () => {
      const { id, club } = await member()
      const plan = await makePlan(app, {
        customer_group_id: club,
        customer_actions: ALL_ACTIONS,
      })
      await app.db(`update portal_subscription set plan_id = ? where id = ?`, [
        plan.id,
        id,
      ])
      const second = await member({ plan: { customer_group_id: club } })
      expect(await reconcile(admin())).toMatchObject({ granted: 1 })
      expect(await links(anna().id, club)).toHaveLength(1)
      ok(await staff(id, "cancel", { when: "now" }))
      await eventually(async () => {
        const [row] = await rows(anna().id)
        return row?.subscription_id === second.id || undefined
      })
      expect(await links(anna().id, club)).toHaveLength(1)
      ok(await staff(second.id, "cancel", { when: "now" }))
      await eventuallyOut(club)
    })

    describe("a crash", () => {
      /** As if the worker's lease were over. */
      const later = () =>
        app.db(
          `update portal_membership set claimed_until = now() - interval '1 second'`
        )

      it.each([
        ["before the effect", false],
        ["after the effect, before it is noted", true],
      ])("%s is mended by the job", async (_, isDone) => {
        const { id, club } = await member()
        const service = customers()
        const add = service.addCustomerToGroup.bind(service)
        jest
          .spyOn(service, "addCustomerToGroup")
          .mockImplementation(async (pairs: GroupCustomerPair[]) => {
            if (isDone) {
              await add(pairs)
            }
            throw new Error("The process is gone")
          })
        const lost = await reconcile(admin())
        expect(lost).toMatchObject({ checked: 1, granted: 0 })
        expect(await rows(anna().id)).toMatchObject([{ status: "joining" }])
        expect(await isIn(club)).toBe(isDone)
        jest.restoreAllMocks()
        await later()
        expect(await reconcile(admin())).toMatchObject({ granted: 1 })
        expect(await links(anna().id, club)).toHaveLength(1)

        const remove = service.removeCustomerFromGroup.bind(service)
        jest
          .spyOn(service, "removeCustomerFromGroup")
          .mockImplementation(async (pairs: GroupCustomerPair[]) => {
            if (isDone) {
              await remove(pairs)
            }
            throw new Error("The process is gone")
          })
        ok(await staff(id, "cancel", { when: "now" }))
        await eventually(async () => {
          await reconcile(admin())
          const [row] = await rows(anna().id)
          return row?.status === "leaving" || undefined
        })
        jest.restoreAllMocks()
        await later()
        await reconcile(admin())
        expect(await isIn(club)).toBe(false)
        expect(await rows(anna().id)).toEqual([])
      })

      it("of a purchase's event as well", async () => {
        const { club } = await member()
        // No event at all came, and the subscription was never looked at.
        expect(await isIn(club)).toBe(false)
        await reconcile(admin())
        expect(await isIn(club)).toBe(true)
      })
    })

    it("does each thing once in 20 runs at once", async () => {
      const club = await group()
      const subscriptions = await makeSubscriptions(app, {
        customer: anna(),
        count: 30,
        plan: { customer_group_id: club },
      })
      const others = await Promise.all(
        Array.from({ length: 10 }, () =>
          makeSubscriptions(app, { plan: { customer_group_id: club } })
        )
      )
      const runs = await parallel(20, () => reconcile(admin()))
      expect(runs.rejected).toEqual([])
      const sum = (name: string) =>
        runs.fulfilled.reduce((total, counts) => total + (counts[name] ?? 0), 0)
      expect([sum("checked"), sum("granted")]).toEqual([40, 11])
      expect(await links(anna().id, club)).toHaveLength(1)

      await app.db(
        `update portal_subscription set status = 'canceled' where id = any(?)`,
        [[...subscriptions, ...others.flat()].map(({ id }) => id)]
      )
      const ends = await parallel(20, () => reconcile(admin()))
      expect(ends.rejected).toEqual([])
      expect(
        await customers().listCustomerGroupCustomers({
          customer_group_id: club,
        })
      ).toEqual([])
      expect(await app.db("select id from portal_membership")).toEqual([])
    })

    it("gives up on a group that is gone", async () => {
      const { club } = await member()
      await customers().deleteCustomerGroups([club])
      expect(await reconcile(admin())).toMatchObject({ granted: 0 })
      expect(await rows(anna().id)).toEqual([])
    })

    describe("entitlements", () => {
      it("are the customer's own", async () => {
        const { id } = await member()
        const [plan] = await app.db<{ plan_id: string }>(
          "select plan_id from portal_subscription where id = ?",
          [id]
        )
        const expected = [
          {
            key: "courses",
            name: "All courses",
            value: { seats: 2 },
            plan_id: plan?.plan_id,
            subscription_id: id,
            expires_at: null,
          },
        ]
        expect(await entitlements(anna().api)).toEqual(expected)
        const session = await portalSession(app, admin(), anna().id)
        expect(await entitlements(session.api)).toEqual(expected)
        const path = (customer: string) =>
          `/admin/customers/${customer}/entitlements`
        expect(
          ok(await admin().get<EntitlementListResponse>(path(anna().id)))
            .entitlements
        ).toEqual(expected)

        const other = await registerCustomer(app)
        expect(await entitlements(other.api)).toEqual([])
        expect(
          ok(await admin().get<EntitlementListResponse>(path(other.id)))
            .entitlements
        ).toEqual([])
        expectError(await admin().get(path("cus_none")), 404, "not_found")
        expectError(
          await app.store.get("/store/portal/entitlements"),
          401,
          "unauthorized"
        )
        expectError(
          await other.api.get(
            `/store/portal/entitlements?customer_id=${anna().id}`
          ),
          400,
          "validation_failed"
        )
      })

      it("open a merchant's own route", async () => {
        const { id } = await member()
        const other = await registerCustomer(app)
        const route = await merchantRoute(
          app,
          requireEntitlement("courses"),
          (req) => (req as EntitledRequest).entitled
        )
        try {
          const get = (token?: string) =>
            (token ? route.api.as(token) : route.api).get("/store/courses")
          expect(await get(anna().token)).toMatchObject({
            status: 200,
            data: {
              customer_id: anna().id,
              entitlement: { key: "courses", value: { seats: 2 } },
            },
          })
          const session = await portalSession(app, admin(), anna().id)
          expect(await get(session.token)).toMatchObject({ status: 200 })

          expectError(await get(), 401, "unauthorized")
          expectError(await get("pss_none"), 401, "unauthorized")
          const refused = expectError(
            await get(other.token),
            403,
            "membership_required"
          )
          expect(refused.details).toMatchObject({
            entitlement: "courses",
            plans: [{ name: "Monthly" }],
          })
          // A link for one task is no key to the courses.
          const bound = await portalSession(app, admin(), anna().id, {
            flow: {
              type: "subscription_cancel",
              data: { subscription_id: id },
            },
          })
          expectError(await get(bound.token), 403, "portal_scope_missing")
        } finally {
          await route.close()
        }
      })
    })
  },
})
