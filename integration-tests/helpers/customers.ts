import { randomBytes } from "node:crypto"

import type { PortalTestApp } from "./app"
import { ok, type HttpClient } from "./http"

export type TestCustomer = {
  id: string
  email: string
  password: string
  token: string
  /** HTTP with the publishable key and this customer's login. */
  api: HttpClient
}

/** Registers a customer over HTTP as a storefront does, and signs in. */
export async function registerCustomer(
  app: PortalTestApp,
  input: { email?: string; password?: string; first_name?: string } = {}
): Promise<TestCustomer> {
  const email = input.email ?? uniqueEmail()
  const password = input.password ?? "correct horse battery"
  const login = { email, password }

  const registration = ok(
    await app.api.post<{ token: string }>(
      "/auth/customer/emailpass/register",
      login
    )
  )
  const { customer } = ok(
    await app.store
      .as(registration.token)
      .post<{ customer: { id: string } }>("/store/customers", {
        email,
        first_name: input.first_name ?? "Clara",
        last_name: "Customer",
      })
  )
  const token = await signIn(app, "customer", login)
  return { id: customer.id, email, password, token, api: app.store.as(token) }
}

/** HTTP with the login of the seeded admin user. */
export async function adminClient(app: PortalTestApp): Promise<HttpClient> {
  return app.api.as(await signIn(app, "user", app.seed.admin))
}

/** Signs a customer or an admin user in with a password. */
export async function signIn(
  app: PortalTestApp,
  actor: "customer" | "user",
  login: { email: string; password: string }
): Promise<string> {
  const { token } = ok(
    await app.api.post<{ token: string }>(`/auth/${actor}/emailpass`, login)
  )
  return token
}

export function uniqueEmail(): string {
  return `customer-${randomBytes(6).toString("hex")}@shop.test`
}
