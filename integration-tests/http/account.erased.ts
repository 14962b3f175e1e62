import {
  attackCase,
  eventually,
  expectError,
  makeLink,
  ok,
  portalSession,
  signIn,
  type HttpClient,
  type PortalTestApp,
  type TestCustomer,
} from "../helpers"

const PROFILE = "/store/portal/profile"
const PREFERENCES = "/store/portal/communication-preferences"

/** Who is deleted and who stays; they exist when the tests run. */
type Cast = {
  anna: () => TestCustomer
  bert: () => TestCustomer
  admin: () => HttpClient
}

/** What the portal forgets of a customer who is deleted. */
export function customersErased(
  app: PortalTestApp,
  { anna, bert, admin }: Cast
): void {
  attackCase("privacy/1", async () => {
    const session = await portalSession(app, admin(), anna().id)
    const link = await makeLink(admin(), anna().id)
    ok(await anna().api.post(PREFERENCES, { categories: { marketing: true } }))
    await app.db(
      `insert into portal_default_holder (id, account_holder_id, customer_id, provider_id, tenant_id)
       values ('pdefh_a', 'acchld_a', ?, 'pp_x', 'default'), ('pdefh_b', 'acchld_b', ?, 'pp_x', 'default')`,
      [anna().id, bert().id]
    )
    ok(
      await app.store.post("/store/portal/login-requests", {
        email: anna().email,
      })
    )
    await eventually(async () => {
      const [row] = await app.db(
        "select 1 from portal_login_request where customer_id = ?",
        [anna().id]
      )
      return row
    })
    ok(await admin().delete(`/admin/customers/${anna().id}`))
    const tables = await app.db<{ name: string }>(
      `select table_name as name from information_schema.columns
       where column_name = 'customer_id' and table_name in (
         'portal_session', 'portal_login_request', 'portal_device', 'portal_event',
         'portal_email_change', 'portal_tenant_customer', 'portal_preference',
         'portal_default_holder')`
    )
    expect(tables).toHaveLength(8)
    await eventually(async () => {
      const left = await Promise.all(
        tables.map(({ name }) =>
          app.db(`select 1 from ${name} where customer_id = ?`, [anna().id])
        )
      )
      return left.flat().length === 0 || undefined
    })
    expect((await session.api.get(PROFILE)).status).toBe(401)
    expectError(
      await app.store.post("/store/portal/sessions/exchange", {
        token: link.token,
      }),
      401,
      "portal_link_invalid"
    )
    expect(
      await app.db("select customer_id from portal_default_holder")
    ).toEqual([{ customer_id: bert().id }])
    // Counts stay, without the person.
    const [events] = await app.db<{ count: number; ips: number }>(
      "select count(*)::int as count, count(ip)::int as ips from portal_event where customer_id is null and type = 'session_started'"
    )
    expect(events).toEqual({ count: 1, ips: 0 })
    expect((await bert().api.get(PROFILE)).status).toBe(200)
  })

  it("leaves no old login of a deleted customer any good, at core's routes either", async () => {
    const ORDERS = "/store/orders"
    const old = anna().api
    ok(await old.delete("/store/portal/security/sessions"))
    expectError(await old.get(ORDERS), 401, "session_revoked")
    const fresh = app.store.as(await signIn(app, "customer", anna()))
    expect((await fresh.get(ORDERS)).status).toBe(200)
    await app.db(
      "update portal_security_state set verified_email = ?, email_verified_at = now() where customer_id = ?",
      [anna().email, anna().id]
    )
    ok(await admin().delete(`/admin/customers/${anna().id}`))
    await eventually(async () => {
      const [row] = await app.db(
        "select 1 from portal_security_state where customer_id = ? and verified_email is null",
        [anna().id]
      )
      return row
    })
    for (const login of [old, fresh]) {
      expectError(await login.get(ORDERS), 401, "session_revoked")
    }
    // The cut-off is all that is left, and of nobody else anything is gone.
    const [state] = await app.db(
      "select * from portal_security_state where customer_id = ?",
      [anna().id]
    )
    expect(state).toMatchObject({
      tokens_valid_after: expect.any(Date) as Date,
      verified_email: null,
      email_verified_at: null,
    })
    expect(JSON.stringify(state)).not.toContain(anna().email)
    expect((await bert().api.get(ORDERS)).status).toBe(200)
  })
}
