import {
  expectError,
  ok,
  STRIPE_PROVIDER,
  type PortalTestApp,
  type TestCustomer,
} from "../helpers"
import {
  askForAddress,
  confirmAddress,
  emailOf,
  LOGIN,
} from "./account-security.support"
import {
  addCard,
  defaultsOf,
  holdersOf,
  setDefault,
} from "./payment-methods.support"

const UPDATE = /^\/v1\/customers\/cus_\w+$/

/** What a change of the e-mail address does at the payment provider. */
export function changesOfAddress(
  app: PortalTestApp,
  anna: () => TestCustomer
): void {
  /** Where the customer's address stands, for each who has it. */
  const addresses = async () => {
    const [holder] = await holdersOf(app, anna())
    const [row] = await app.db<{ email: string }>(
      "select email from account_holder where id = ?",
      [holder?.id ?? ""]
    )
    const atStripe = app
      .stripe()
      .state.customers.get(holder?.external_id ?? "") as { email?: string }
    return {
      customer: await emailOf(app, anna().id),
      holder: row?.email,
      stripe: atStripe.email,
    }
  }
  const everywhere = (email: string) => ({
    customer: email,
    holder: email,
    stripe: email,
  })
  const signsIn = async (email: string) =>
    (await app.api.post(LOGIN, { ...anna(), email })).status
  const change = async () => {
    const [row] = await app.db<{ status: string }>(
      "select status from portal_email_change where customer_id = ?",
      [anna().id]
    )
    return row?.status
  }

  it("tells the provider, and keeps cards and their default", async () => {
    const { payment_method } = await addCard(app, anna().api)
    const email = "anna.new@shop.test"
    const codes = await askForAddress(anna(), email)
    ok(await confirmAddress(anna().api, "old", codes.old))
    expect(await addresses()).toEqual(everywhere(anna().email))
    ok(await confirmAddress(anna().api, "new", codes.new))
    expect(await addresses()).toEqual(everywhere(email))
    const [holder] = await holdersOf(app, anna())
    expect(holder?.metadata).toEqual({
      default_payment_method_id: payment_method.id,
    })
  })

  it.each([
    ["500", "before"],
    ["429", "before"],
    ["reset", "before"],
    // Stripe has taken the address, and the answer is lost.
    ["500", "after"],
  ] as const)(
    "leaves all as it was when Stripe fails with %s %s it, and goes on later",
    async (effect, when) => {
      const { payment_method } = await addCard(app, anna().api)
      const email = "anna.new@shop.test"
      const codes = await askForAddress(anna(), email)
      ok(await confirmAddress(anna().api, "old", codes.old))
      // Stripe's client tries again by itself: all of these fail.
      let isDown = true
      app.stripe().script({
        path: UPDATE,
        match: (params) => isDown && params.email === email,
        times: 30,
        when,
        effect,
      })
      const refused = expectError(
        await confirmAddress(anna().api, "new", codes.new),
        409,
        "provider_unavailable"
      )
      expect(refused.details).toEqual({ provider_id: STRIPE_PROVIDER })
      expect(JSON.stringify(refused)).not.toMatch(/stripe\.com|anna\.new/)
      expect(await addresses()).toEqual(everywhere(anna().email))
      expect([await signsIn(anna().email), await signsIn(email)]).toEqual([
        200, 401,
      ])
      expect(await change()).toBe("pending")
      expect(await defaultsOf(anna())).toEqual([payment_method.id])

      // Stripe is back: the same code again is enough, and both count still.
      isDown = false
      ok(await confirmAddress(anna().api, "new", codes.new))
      expect(await addresses()).toEqual(everywhere(email))
      expect([await signsIn(anna().email), await signsIn(email)]).toEqual([
        401, 200,
      ])
      expect(await change()).toBe("applied")
    }
  )

  it("is whole again by a later try where Stripe could not be put back", async () => {
    await addCard(app, anna().api)
    const email = "anna.new@shop.test"
    const codes = await askForAddress(anna(), email)
    ok(await confirmAddress(anna().api, "old", codes.old))
    let isDown = true
    app.stripe().script({
      path: UPDATE,
      match: () => isDown,
      times: 60,
      when: "after",
      effect: "500",
    })
    expectError(
      await confirmAddress(anna().api, "new", codes.new),
      409,
      "provider_unavailable"
    )
    expect(await addresses()).toMatchObject({
      customer: anna().email,
      holder: anna().email,
    })
    expect(await signsIn(anna().email)).toBe(200)
    isDown = false
    ok(await confirmAddress(anna().api, "new", codes.new))
    expect(await addresses()).toEqual(everywhere(email))
  })

  it("can be begun anew after Stripe failed, and then only the new codes count", async () => {
    await addCard(app, anna().api)
    const codes = await askForAddress(anna(), "anna.one@shop.test")
    ok(await confirmAddress(anna().api, "old", codes.old))
    let isDown = true
    app.stripe().script({
      path: UPDATE,
      match: () => isDown,
      times: 60,
      when: "before",
      effect: "500",
    })
    expectError(
      await confirmAddress(anna().api, "new", codes.new),
      409,
      "provider_unavailable"
    )
    isDown = false
    const next = await askForAddress(anna(), "anna.two@shop.test")
    expectError(
      await confirmAddress(anna().api, "new", codes.new),
      400,
      "email_change_invalid"
    )
    ok(await confirmAddress(anna().api, "old", next.old))
    ok(await confirmAddress(anna().api, "new", next.new))
    expect(await addresses()).toEqual(everywhere("anna.two@shop.test"))
  })

  it("keeps a default that is chosen in the very moment", async () => {
    await addCard(app, anna().api)
    const other = (await addCard(app, anna().api)).payment_method.id
    const email = "anna.new@shop.test"
    const codes = await askForAddress(anna(), email)
    ok(await confirmAddress(anna().api, "old", codes.old))
    const held = app.stripe().hold({ path: UPDATE, when: "before" })
    const moving = confirmAddress(anna().api, "new", codes.new)
    await held.reached
    const choosing = setDefault(anna(), other)
    await new Promise((resolve) => setTimeout(resolve, 300))
    held.release()
    ok(await moving)
    ok(await choosing)
    const [holder] = await holdersOf(app, anna())
    expect(holder?.metadata).toEqual({ default_payment_method_id: other })
    expect(await addresses()).toEqual(everywhere(email))
  })
}
