import { randomBytes } from "node:crypto"

import type { Stage } from "./stage"

export type DemoCustomer = { email: string; password: string }

/** Registers a customer and signs her in. A new one at every run. */
export async function registerCustomer(stage: Stage): Promise<DemoCustomer> {
  const { shop, story } = stage
  const login = {
    email: `clara-${randomBytes(3).toString("hex")}@demo.test`,
    password: "demo1234!",
  }
  story.chapter("Clara registers in the shop")
  await shop.auth.register("customer", "emailpass", login)
  const { customer } = await shop.store.customer.create({
    email: login.email,
    first_name: "Clara",
    last_name: "Customer",
  })
  await signIn(stage, login)
  story.say(`${customer.email}, signed in`)
  return login
}

/** Signs a customer in. Throws if there is no such account. */
export async function signIn(
  { shop }: Pick<Stage, "shop">,
  login: DemoCustomer
): Promise<void> {
  const token = await shop.auth.login("customer", "emailpass", login)
  if (typeof token !== "string") {
    throw new Error("The login wants more than a password")
  }
}
