import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import {
  ContainerRegistrationKeys,
  MedusaError,
  Modules,
} from "@medusajs/framework/utils"
import pLimit from "p-limit"
import {
  daysLeft,
  dueWarning,
  type Expiry,
} from "../../modules/payment-method/domain/card-expiry"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type { Tenant } from "../../types/tenant"
import { sendMail } from "../mails/send-mail"
import type { AccountHolder } from "../payments/account-holder"
import { once, paymentMethods } from "../payments/exclusively"
import { createPortalLink } from "../portal-sessions/create-link"
import { findTenant, listTenants, tenantOfChannels } from "../tenants/tenants"
import { cardOf, defaultOf, expiryOf } from "./method-view"
import { listOf, type SavedMethod } from "./saved-methods"

const PAGE = 100
const CALLS_AT_ONCE = 4
/** The link's mail is read for as long as the card is good. */
const RECOVER_SECONDS = 35 * 86_400
/** Longer than any card is warned of. */
const KEEP_DAYS = 120

/** Whose cards are looked at, and why. */
type Watched = {
  account_holder_id: string
  provider_id: string
  customer_id: string
  /** Methods that live subscriptions are paid with. */
  used: string[]
  tenant: Tenant
  locale: string | null
}

/** What a run did. */
export type WarningCounts = Record<
  "holders" | "warned" | "unavailable" | "failed" | "forgotten",
  number
>

/**
 * Warns of cards that end with this month or the next one: 30 and 7 days before
 * the last day, each once. Only of cards that live subscriptions are paid with, or
 * that are a default. Providers are asked for one list an account holder.
 */
export async function warnExpiringCards(
  container: MedusaContainer
): Promise<WarningCounts> {
  const now = await container
    .resolve<RuntimeModuleService>(RUNTIME_MODULE)
    .now()
  const counts: WarningCounts = {
    holders: 0,
    warned: 0,
    unavailable: 0,
    failed: 0,
    forgotten: 0,
  }
  const seen = new Set<string>()
  for (const pages of [payingHolders, defaultHolders]) {
    for await (const page of pages(container)) {
      const fresh = page.filter(({ account_holder_id: id }) => !seen.has(id))
      fresh.forEach(({ account_holder_id: id }) => seen.add(id))
      await warnPage(container, fresh, { now, counts })
    }
  }
  counts.forgotten = await paymentMethods(container).purgeClaims(KEEP_DAYS)
  return counts
}

/** Holders that live subscriptions are charged through, a page at a time. */
async function* payingHolders(
  container: MedusaContainer
): AsyncGenerator<Watched[]> {
  const subscriptions =
    container.resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
  let after = ""
  for (;;) {
    const page = await subscriptions.pagePayingHolders({ after, limit: PAGE })
    yield page.flatMap(
      ({ payment_method_ids: used, sales_channel_id, ...one }) => {
        const tenant = tenantOf(container, one.provider_id, sales_channel_id)
        return tenant ? [{ ...one, used, tenant }] : []
      }
    )
    const last = page.at(-1)
    if (!last || page.length < PAGE) {
      return
    }
    after = last.account_holder_id
  }
}

/** Holders that have a default method, whoever pays with it. */
async function* defaultHolders(
  container: MedusaContainer
): AsyncGenerator<Watched[]> {
  let after = ""
  for (;;) {
    const page = await paymentMethods(container).pageDefaultHolders({
      after,
      limit: PAGE,
    })
    yield page.flatMap(({ tenant_id, ...one }) => {
      const tenant = findTenant(container, tenant_id)
      return tenant ? [{ ...one, used: [], tenant, locale: null }] : []
    })
    const last = page.at(-1)
    if (!last || page.length < PAGE) {
      return
    }
    after = last.account_holder_id
  }
}

type Run = { now: Date; counts: WarningCounts }

/** Three statements for a page, and one call for each holder. */
async function warnPage(
  container: MedusaContainer,
  page: Watched[],
  run: Run
): Promise<void> {
  if (!page.length) {
    return
  }
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "account_holder",
      fields: ["id", "provider_id", "external_id", "data", "metadata"],
      filters: { id: page.map((one) => one.account_holder_id) },
    })
  const holders = new Map(
    (data as unknown as AccountHolder[]).map((one) => [one.id, one])
  )
  const customers = await container
    .resolve(Modules.CUSTOMER)
    .listCustomers(
      { id: page.map((one) => one.customer_id) },
      { select: ["id", "email"], take: page.length }
    )
  const emails = new Map(customers.map(({ id, email }) => [id, email]))
  const limit = pLimit(CALLS_AT_ONCE)
  await Promise.all(
    page.map((watched) =>
      limit(async () => {
        const holder = holders.get(watched.account_holder_id)
        const email = emails.get(watched.customer_id)
        if (holder && email) {
          await tryToWarn(container, { ...watched, holder, email }, run)
        }
      })
    )
  )
}

/** One customer's trouble is not another's: the run goes on. */
async function tryToWarn(
  container: MedusaContainer,
  watched: Watched & { holder: AccountHolder; email: string },
  run: Run
): Promise<void> {
  try {
    await warnHolder(container, watched, run)
  } catch (error) {
    run.counts.failed += 1
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .error(
        `The cards of ${watched.account_holder_id} were not looked at: ${error instanceof Error ? error.message : String(error)}`
      )
  }
}

async function warnHolder(
  container: MedusaContainer,
  watched: Watched & { holder: AccountHolder; email: string },
  { now, counts }: Run
): Promise<void> {
  counts.holders += 1
  const methods = await listOf(container, watched.holder)
  if (!methods) {
    // The next run asks again.
    counts.unavailable += 1
    return
  }
  const chosen = defaultOf(watched.holder)
  for (const method of methods) {
    const expiry = expiryOf(method)
    const warning = expiry && dueWarning(expiry, now)
    const matters = watched.used.includes(method.id) || method.id === chosen
    if (!expiry || !warning || !matters) {
      continue
    }
    const card = `${method.provider_id}:${method.id}:${expiry.exp_year}-${expiry.exp_month}`
    const isFirst = await once(
      container,
      `card-warning:${card}:${warning}`,
      async () => {
        const days = daysLeft(expiry, now)
        await warn(
          container,
          watched,
          { method, expiry, days },
          `${card}:${warning}`
        )
      }
    )
    counts.warned += isFirst ? 1 : 0
  }
}

async function warn(
  container: MedusaContainer,
  { tenant, customer_id, email, locale }: Watched & { email: string },
  card: { method: SavedMethod; expiry: Expiry; days: number },
  occasion: string
): Promise<void> {
  const { url } = await createPortalLink(container, {
    tenant,
    customer_id,
    created_via: "email_link",
    flow: { type: "payment_method_update", data: {} },
    recover_seconds: RECOVER_SECONDS,
    locale,
  })
  const result = await sendMail(container, {
    template: "card-expiring",
    to: email,
    tenant,
    locale,
    props: { ...cardOf(card.method), ...card.expiry, days: card.days, url },
    idempotency_key: `card-expiring:${occasion}`,
    receiver_id: customer_id,
    resource_id: card.method.id,
    resource_type: "payment_method",
  })
  if (!result.sent && result.reason === "failed") {
    throw new MedusaError(
      MedusaError.Types.UNEXPECTED_STATE,
      "The warning was not sent; the next run sends it."
    )
  }
}

/** The tenant of the subscriptions; where that is not clear, the provider's. */
function tenantOf(
  container: MedusaContainer,
  providerId: string,
  channelId: string | null
): Tenant | null {
  const tenant = channelId ? tenantOfChannels(container, [channelId]) : "none"
  if (typeof tenant === "object") {
    return tenant
  }
  return (
    listTenants(container).find(
      ({ payment_provider_ids: ids }) =>
        ids === null || ids.includes(providerId)
    ) ?? null
  )
}
