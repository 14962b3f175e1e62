import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import pLimit from "p-limit"
import { RUNTIME_MODULE } from "../../modules/runtime"
import type RuntimeModuleService from "../../modules/runtime/service"
import type { AccountHolder } from "../payments/account-holder"
import { paymentMethods } from "../payments/exclusively"
import { warnHolder, type WatchedHolder } from "./warn-holder"
import { defaultHolders, payingHolders, type Watched } from "./watched-holders"

const CALLS_AT_ONCE = 4
/** Longer than any card is warned of. */
const KEEP_DAYS = 120

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
  watched: WatchedHolder,
  { now, counts }: Run
): Promise<void> {
  try {
    counts.holders += 1
    const warned = await warnHolder(container, watched, now)
    if (warned === null) {
      // The next run asks again.
      counts.unavailable += 1
    } else {
      counts.warned += warned
    }
  } catch (error) {
    counts.failed += 1
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .error(
        `The cards of ${watched.account_holder_id} were not looked at: ${error instanceof Error ? error.message : String(error)}`
      )
  }
}
