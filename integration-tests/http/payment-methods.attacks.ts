import {
  attackCase,
  expectError,
  FIRST_RENEWAL,
  ok,
  parallel,
  runJob,
  setClock,
  statuses,
  STRIPE_PROVIDER,
  SYSTEM_PROVIDER,
  type HttpClient,
  type Json,
  type PortalTestApp,
  type TestCustomer,
} from "../helpers"
import type { PaymentSetupResponse } from "../../src/types"
import {
  addCard,
  calls,
  defaultsOf,
  DETACH,
  holdersOf,
  listMethods,
  METHODS,
  paidWith,
  remove,
  setDefault,
  setExpiry,
  SETUP,
  statusOf,
  subscribe,
} from "./payment-methods.support"

/** Who tries what; they exist when the tests run. */
type Cast = {
  anna: () => TestCustomer
  bert: () => TestCustomer
  admin: () => HttpClient
}

/** The acceptance cases of payment methods that one shop can show. */
export function paymentMethodAttacks(
  app: PortalTestApp,
  { anna, bert, admin }: Cast
): void {
  attackCase("payment-methods/1", async () => {
    const victim = await addCard(app, bert().api)
    const [theirs] = await holdersOf(app, bert())
    const before = calls(app, SETUP)
    for (const more of [
      { data: { customer: theirs?.external_id } },
      {
        customer: theirs?.external_id,
        usage: "on_session",
        metadata: { a: "b" },
      },
      {
        context: { account_holder: { data: { id: theirs?.external_id } } },
      },
    ]) {
      expectError(
        await anna().api.post(`${METHODS}/setup`, {
          provider_id: STRIPE_PROVIDER,
          ...more,
        }),
        400,
        "validation_failed"
      )
    }
    expect(calls(app, SETUP)).toBe(before)
    const { payment_methods } = await listMethods(bert().api)
    expect(payment_methods.map(({ id }) => id)).toEqual([
      victim.payment_method.id,
    ])
  })

  attackCase("payment-methods/2", async () => {
    await addCard(app, anna().api)
    const theirs = await addCard(app, bert().api)
    const foreign = await remove(anna(), theirs.payment_method.id)
    const random = await remove(anna(), "pm_1QrandomRANDOMrandom")
    expectError(foreign, 404, "not_found")
    expect(foreign.data).toEqual(random.data)
    expect(random.status).toBe(404)
    expect(calls(app, DETACH)).toBe(0)
    expect((await listMethods(bert().api)).payment_methods).toHaveLength(1)
  })

  attackCase("payment-methods/3", async () => {
    const own = await addCard(app, anna().api)
    const theirs = await addCard(app, bert().api)
    const expired = await addCard(app, anna().api, { card: "pm_card_amex" })
    await setExpiry(app, expired.payment_method.id, 1, 2020)
    const gone = await addCard(app, anna().api)
    ok(await remove(anna(), gone.payment_method.id))
    const [subscription] = await subscribe(app, anna(), own.payment_method.id)

    const refusals: [string, Json, number][] = [
      [theirs.payment_method.id, {}, 404],
      [gone.payment_method.id, {}, 404],
      [expired.payment_method.id, {}, 400],
      [own.payment_method.id, { provider_id: SYSTEM_PROVIDER }, 404],
    ]
    for (const [id, more, status] of refusals) {
      const body = { apply_to_subscriptions: true, ...more }
      const answer = await setDefault(anna(), id, body)
      expect({ id, status: answer.status }).toEqual({ id, status })
      const confirmed = await anna().api.post(`${METHODS}/confirm`, {
        provider_id: STRIPE_PROVIDER,
        payment_method_id: id,
        ...body,
      })
      expect({ id, status: confirmed.status }).toEqual({ id, status })
    }
    expect(await defaultsOf(anna())).toEqual([own.payment_method.id])
    expect(await paidWith(app, subscription?.id ?? "")).toEqual([
      own.payment_method.id,
    ])
    const list = await listMethods(anna().api)
    expect(
      list.payment_methods.find(({ id }) => id === expired.payment_method.id)
    ).toMatchObject({ is_expired: true, expires_soon: false })
  })

  attackCase("payment-methods/4", async () => {
    const first = (await addCard(app, anna().api)).payment_method.id
    const [subscription] = await subscribe(app, anna(), first)
    const id = subscription?.id ?? ""
    const refused = expectError(
      await remove(anna(), first),
      409,
      "payment_method_in_use"
    )
    expect(refused.details).toEqual({ subscription_ids: [id] })
    expect(calls(app, DETACH)).toBe(0)

    // The default goes while another exists: that one pays from now on.
    const second = (await addCard(app, anna().api)).payment_method.id
    expect(ok(await remove(anna(), first)).moved_subscription_ids).toEqual([id])
    expect(await paidWith(app, id)).toEqual([second])
    expect(await defaultsOf(anna())).toEqual([second])

    // It goes while it is being charged.
    const third = (await addCard(app, anna().api)).payment_method.id
    await setClock(admin(), FIRST_RENEWAL)
    const hold = app.stripe().hold({
      path: "/v1/payment_intents/{intent}/confirm",
      when: "before",
    })
    const run = runJob(admin(), "renew-subscriptions")
    const held = await hold.reached
    expect(held.params.payment_method).toBe(second)
    ok(await remove(anna(), second))
    hold.release()
    await run
    expect(await paidWith(app, id)).toEqual([third])
    expect(app.stripe().capturedCharges()).toHaveLength(0)
    const open = await app.db<{ status: string; sequence: number }>(
      "select status, sequence from portal_subscription_cycle where subscription_id = ? and status not in ('completed') order by sequence",
      [id]
    )
    expect(open).toEqual([{ status: "retry_scheduled", sequence: 1 }])

    // The next try is with the card that there is.
    await setClock(admin(), "2026-03-15T10:00:00.000Z")
    await runJob(admin(), "renew-subscriptions")
    const [charge, ...others] = app.stripe().capturedCharges()
    expect(others).toEqual([])
    expect(charge?.payment_method).toBe(third)
    expect(await statusOf(app, id)).toBe("active")
  })

  attackCase("payment-methods/5", async () => {
    for (const provider_id of [
      SYSTEM_PROVIDER,
      "__proto__",
      "constructor",
      "toString",
      "pp_stripe_other",
      "pp_",
      "cradle",
      "paymentProviderService",
    ]) {
      const setup = await anna().api.post(`${METHODS}/setup`, { provider_id })
      expect({ provider_id, status: setup.status }).toEqual({
        provider_id,
        status: 400,
      })
      if (provider_id !== SYSTEM_PROVIDER) {
        const confirm = await anna().api.post(`${METHODS}/confirm`, {
          provider_id,
          payment_method_id: "pm_1",
        })
        expectError(confirm, 400, "payment_provider_unknown")
      }
    }
    expect(app.stripe().requests).toHaveLength(0)
    expect(await holdersOf(app, anna())).toEqual([])
  })

  attackCase("payment-methods/6", async () => {
    const { fulfilled, rejected } = await parallel(20, () =>
      anna().api.post<PaymentSetupResponse>(`${METHODS}/setup`, {
        provider_id: STRIPE_PROVIDER,
      })
    )
    expect(rejected).toEqual([])
    expect(statuses(fulfilled)).toEqual({ 200: 20 })
    const holders = await holdersOf(app, anna())
    expect(holders).toHaveLength(1)
    expect(calls(app, /^\/v1\/customers$/, "POST")).toBe(1)
    expect(
      new Set(fulfilled.map(({ data }) => data.payment_setup.id)).size
    ).toBe(20)
    expect(
      app
        .stripe()
        .requests.filter(({ path }) => SETUP.test(path))
        .every(({ params }) => params.customer === holders[0]?.external_id)
    ).toBe(true)
    expect(await app.db("select * from portal_payment_claim")).toEqual([])
  })
}
