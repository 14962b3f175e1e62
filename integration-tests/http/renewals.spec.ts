import {
  adminClient,
  FIRST_RENEWAL,
  makeSubscriptions,
  portalTest,
  runJob,
  setClock,
  STRIPE_PROVIDER,
  type HttpClient,
} from "../helpers"

portalTest({
  stripe: true,
  testSuite: (app) => {
    let admin: HttpClient

    beforeEach(async () => {
      admin = await adminClient(app)
    })

    it.each([["pp_system_default"], [STRIPE_PROVIDER]])(
      "renews with %s: one charge, one order, one next cycle",
      async (provider) => {
        const [subscription] = await makeSubscriptions(app, { provider })
        await setClock(admin, FIRST_RENEWAL)

        const { counts } = await runJob<{ counts: Record<string, number> }>(
          admin,
          "renew-subscriptions"
        )
        console.log(
          counts,
          await app.db(
            "select * from portal_subscription_cycle order by sequence"
          ),
          await app.db(
            'select o.id, totals from "order" o join order_summary s on s.order_id=o.id'
          )
        )
        expect(counts).toMatchObject({ claimed: 1, paid: 1, completed: 1 })
        expect(subscription?.id).toBeTruthy()
      }
    )
  },
})
