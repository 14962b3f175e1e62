import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import {
  isWanted,
  type CategoryChoices,
} from "../../modules/portal-session/domain/preferences"
import type { PendingNotice } from "../../modules/subscription/queries/notices"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import type { Tenant } from "../../types/tenant"
import { sendMails, type AnyMail } from "../mails/send-mails"
import { createPortalLink } from "../portal-sessions/create-link"
import { portalSessions } from "../portal-sessions/services"
import { previewNextCharge } from "../renewals/preview-next-charge"
import { subscriptionsOf } from "../subscription-reads/reader"
import { findTenant, tenantOfChannels } from "../tenants/tenants"
import { categoryOf, noticeMail, type NoticeFacts } from "./notice-mail"

/** The link of a payment that waits: until then an old one mails a fresh one. */
const RECOVER_SECONDS = 14 * 86_400

/** A notice and to whom it goes. */
type Addressed = {
  notice: PendingNotice
  tenant: Tenant
  email: string
  locale: string | null
}

/**
 * Sends the mails of notices, each once however often this is called, and notes
 * that they went. One that failed stays for the next run; one that nobody may get
 * (a deleted customer, a mail not wanted, a fact that is over) is done with.
 *
 * @returns how many mails this call sent
 */
export async function deliverNotices(
  container: MedusaContainer,
  notices: PendingNotice[]
): Promise<number> {
  if (!notices.length) {
    return 0
  }
  const addressed = await address(container, notices)
  const orders = await orderNumbers(container, addressed)
  const now = await container
    .resolve<RuntimeModuleService>(RUNTIME_MODULE)
    .now()
  const failed = new Set<string>()
  const mails: { notice: PendingNotice; mail: AnyMail }[] = []
  for (const one of addressed) {
    const { notice } = one
    try {
      const order_number = orders.get(notice.cycle_order_id ?? "") ?? null
      const mail = await mailOf(container, one, { now, order_number })
      if (mail) {
        mails.push({ notice, mail })
      }
    } catch (error) {
      // One customer's trouble is not another's; the next run tries it again.
      failed.add(notice.id)
      container
        .resolve(ContainerRegistrationKeys.LOGGER)
        .error(`The mail of ${notice.id} was not written: ${String(error)}`)
    }
  }
  const results = await sendMails(
    container,
    mails.map(({ mail }) => mail)
  )
  for (const [index, { notice }] of mails.entries()) {
    const result = results[index]
    if (result?.sent === false && result.reason === "failed") {
      failed.add(notice.id)
    }
  }
  await subscriptionsOf(container).finishNotices(
    notices.flatMap(({ id }) => (failed.has(id) ? [] : id))
  )
  return results.filter(({ sent }) => sent).length
}

/** Who is told: by the address on file, in their language, by their tenant. */
async function address(
  container: MedusaContainer,
  notices: PendingNotice[]
): Promise<Addressed[]> {
  const ids = [...new Set(notices.map(({ customer_id }) => customer_id))]
  const customers = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers({ id: ids }, { select: ["id", "email"], take: ids.length })
  const emails = new Map(customers.map(({ id, email }) => [id, email]))
  const choices = await portalSessions(container).listPreferences(ids)
  return notices.flatMap((notice) => {
    const email = emails.get(notice.customer_id)
    const tenant = tenantOf(container, notice.sales_channel_id)
    const chosen = choices.find(
      ({ customer_id, tenant_id }) =>
        customer_id === notice.customer_id && tenant_id === tenant?.id
    )
    return email && tenant && isDue(notice, chosen?.categories ?? {})
      ? [{ notice, tenant, email, locale: chosen?.locale ?? notice.locale }]
      : []
  })
}

function isDue(notice: PendingNotice, choices: CategoryChoices): boolean {
  return !notice.is_stale && isWanted(categoryOf(notice.type), choices)
}

/** Nobody is written to in the name of a brand that may be another's. */
function tenantOf(
  container: MedusaContainer,
  channelId: string | null
): Tenant | null {
  const tenant = channelId
    ? tenantOfChannels(container, [channelId])
    : findTenant(container)
  return typeof tenant === "object" ? tenant : null
}

/** Numbers of the orders that were paid, by id. */
async function orderNumbers(
  container: MedusaContainer,
  addressed: Addressed[]
): Promise<Map<string, number>> {
  const ids = addressed.flatMap(({ notice: { type, cycle_order_id: id } }) =>
    type === "renewed" && id ? [id] : []
  )
  if (!ids.length) {
    return new Map()
  }
  const orders = await container
    .resolve(Modules.ORDER)
    .listOrders({ id: ids }, { select: ["id", "display_id"], take: ids.length })
  return new Map(orders.map(({ id, display_id }) => [id, display_id]))
}

async function mailOf(
  container: MedusaContainer,
  { notice, tenant, email, locale }: Addressed,
  facts: Pick<NoticeFacts, "now" | "order_number">
): Promise<AnyMail | null> {
  const content = noticeMail(notice, {
    ...facts,
    url: `${tenant.portal_url}/subscriptions/${notice.subscription_id}`,
    preview: await previewOf(container, notice),
  })
  if (!content) {
    return null
  }
  if (content.template === "subscription-action-required") {
    content.props.url = await paymentLink(container, notice, tenant, locale)
  }
  return {
    ...content,
    to: email,
    tenant,
    locale,
    idempotency_key: `subscription-notice:${notice.id}`,
    receiver_id: notice.customer_id,
    resource_id: notice.subscription_id,
    resource_type: "portal_subscription",
  }
}

/** What is charged next, for the mails that tell of it. */
async function previewOf(
  container: MedusaContainer,
  { type, subscription_id }: PendingNotice
): Promise<NoticeFacts["preview"]> {
  if (type !== "renewal_upcoming" && type !== "trial_ending") {
    return null
  }
  const preview = await previewNextCharge(container, subscription_id)
  return (
    preview && {
      cycle_id: preview.cycle_id,
      date: preview.date,
      amount: "quote" in preview ? preview.quote.amount : null,
    }
  )
}

/** Opens the payment that waits for the customer's bank, and nothing beside it. */
async function paymentLink(
  container: MedusaContainer,
  { customer_id, subscription_id }: PendingNotice,
  tenant: Tenant,
  locale: string | null
): Promise<string> {
  const { url } = await createPortalLink(container, {
    tenant,
    customer_id,
    created_via: "email_link",
    flow: { type: "payment_action", data: { subscription_id } },
    recover_seconds: RECOVER_SECONDS,
    locale,
  })
  return url
}
