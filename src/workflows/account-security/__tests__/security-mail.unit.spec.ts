import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { tellOfRecoveryCode } from "../mfa-mails"
import { securityMail } from "../security-mail"

/** A store whose database is gone, and what it writes into its log. */
function brokenStore(): { container: MedusaContainer; log: string[] } {
  const log: string[] = []
  const gone = () => Promise.reject(new Error("the database is gone"))
  const container = {
    resolve: (name: string) =>
      name === ContainerRegistrationKeys.LOGGER
        ? { error: (message: string) => log.push(message) }
        : { listCustomers: gone, listAuthIdentities: gone },
  }
  return { container: container as unknown as MedusaContainer, log }
}

describe("a mail about security", () => {
  it("never fails what it is about", async () => {
    const { container, log } = brokenStore()
    await securityMail(container, {
      customer_id: "cus_1",
      template: "password-changed",
      props: {},
      occasion: "now",
    })
    await tellOfRecoveryCode(container, {
      customer_id: "cus_1",
      auth_identity_id: "authid_1",
    })
    expect(log).toEqual([
      expect.stringContaining("password-changed"),
      expect.stringContaining("recovery-code-used"),
    ])
  })
})
