import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { MailProps } from "../../emails/catalogue"
import type { MailTemplateName } from "../../types/mails"
import type { Tenant } from "../../types/tenant"
import { sendMail } from "../mails/send-mail"
import { tenantOfCustomer } from "./tenant-of-customer"

/** A mail about the security of an account. */
export type SecurityMail<Name extends MailTemplateName> = {
  customer_id: string
  template: Name
  props: MailProps<Name> | ((tenant: Tenant) => MailProps<Name>)
  /** What it is about, in a word that no other such mail has. Stored in clear. */
  occasion: string
  /** Another address than the customer's present one. */
  to?: string
  /** Where the request tells the brand. */
  tenant?: Tenant
}

/**
 * Tells a customer about a change to the account, at the address on file. It never
 * throws: the change is made, whether or not there is a mail about it.
 */
export async function securityMail<Name extends MailTemplateName>(
  container: MedusaContainer,
  mail: SecurityMail<Name>
): Promise<void> {
  await tell(container, mail.template, () => write(container, mail))
}

/**
 * Does what is needed to tell somebody of something, or writes down why it could
 * not. Nobody has to wait for it: a promise that failed would end the process.
 *
 * @param about - what it is about, for the log
 */
export async function tell(
  container: MedusaContainer,
  about: string,
  work: () => Promise<void>
): Promise<void> {
  try {
    await work()
  } catch (error) {
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .error(
        `medusa-plugin-customer-portal: nobody was told of ${about}`,
        error instanceof Error ? error : new Error(String(error))
      )
  }
}

async function write<Name extends MailTemplateName>(
  container: MedusaContainer,
  mail: SecurityMail<Name>
): Promise<void> {
  const { customer_id, template, props, occasion } = mail
  const to = mail.to ?? (await addressOf(container, customer_id))
  if (to === undefined) {
    return
  }
  const tenant = mail.tenant ?? (await tenantOfCustomer(container, customer_id))
  await sendMail(container, {
    template,
    to,
    tenant,
    props: props instanceof Function ? props(tenant) : props,
    idempotency_key: `${template}:${customer_id}:${occasion}`,
    receiver_id: customer_id,
  })
}

async function addressOf(
  container: MedusaContainer,
  customer_id: string
): Promise<string | undefined> {
  const [customer] = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers({ id: [customer_id] }, { select: ["email"], take: 1 })
  return customer?.email
}
