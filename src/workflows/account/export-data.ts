import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { Tenant } from "../../types/tenant"
import { enforceLimits } from "../limits/enforce-limits"
import { listAccountMembers } from "../members/manage-members"
import { listAccounts } from "../members/memberships"
import { portalSessions } from "../portal-sessions/services"
import { listCustomerSubscriptions } from "../subscription-reads/list-subscriptions"
import { scopeOf } from "../subscription-reads/reader"
import { listAddresses } from "./addresses"
import { retrievePreferences } from "./preferences"
import { retrieveProfile } from "./profile"
import { ordersOf } from "./recent-orders"

const PAGE = 100
/** Nobody has more; without an end one request could take all memory. */
const MOST_PAGES = 100

/** Whose data. */
type Caller = {
  tenant: Tenant
  customer_id: string
  customer: { email: string }
}

/**
 * Everything that a shop's portal knows of a customer, as one document: of one
 * tenant, without secrets, hashes and what is a merchant's. Long lists are read a
 * page at a time, so the number of statements is the same for each hundred rows.
 *
 * @throws `rate_limited` (429)
 */
export async function exportData(
  container: MedusaContainer,
  caller: Caller
): Promise<Record<string, unknown>> {
  const { tenant, customer_id } = caller
  await enforceLimits(container, [{ limit: "dataExport", key: customer_id }])
  const key = { customer_id, tenant_id: tenant.id }
  const sessions = portalSessions(container)
  await sessions.recordEvent({ ...key, type: "data_exported" })
  return {
    version: 1,
    tenant_id: tenant.id,
    profile: await retrieveProfile(container, key),
    addresses: await listAddresses(container, customer_id),
    communication_preferences: await retrievePreferences(container, key),
    orders: await everyPage(async (page) => orderPage(container, caller, page)),
    subscriptions: await everyPage(async ({ take, skip }) => {
      const page = { limit: take, offset: skip, order: "-created_at" as const }
      const scope = scopeOf(caller)
      return (
        await listCustomerSubscriptions(container, scope, { filters: {}, page })
      ).subscriptions
    }),
    sessions: await everyPage(async ({ take, skip }) => {
      const page = { limit: take, offset: skip }
      const { rows } = await sessions.findSessions({ ...key, ...page })
      return rows.map((row) => ({
        id: row.id,
        status: row.status,
        created_via: row.created_via,
        created_at: row.created_at,
        redeemed_at: row.redeemed_at,
        last_seen_at: row.last_seen_at,
        ip: row.ip,
        user_agent: row.user_agent,
        device_label: row.device_label,
      }))
    }),
    sign_ins: await sessions.listSignIns({ customer_id, limit: PAGE }),
    members: await everyPage(async ({ take, skip }) => {
      const page = { limit: take, offset: skip }
      return (await listAccountMembers(container, caller, page)).members
    }),
    accounts: await listAccounts(container, {
      tenant,
      customer_id,
      email: caller.customer.email,
    }),
    events: await everyPage(async ({ take, skip }) => {
      const page = { limit: take, offset: skip }
      const { rows } = await sessions.findEvents({ ...key, ...page })
      return rows.map(({ id, type, task, ip, created_at }) => ({
        id,
        type,
        task,
        ip,
        created_at,
      }))
    }),
  }
}

type PageOf = { take: number; skip: number }

/** Reads pages until one is not full. */
async function everyPage<T>(
  read: (page: PageOf) => Promise<T[]>
): Promise<T[]> {
  const all: T[] = []
  for (let index = 0; index < MOST_PAGES; index++) {
    const page = await read({ take: PAGE, skip: index * PAGE })
    all.push(...page)
    if (page.length < PAGE) {
      break
    }
  }
  return all
}

type OrderRow = {
  id: string
  display_id: number
  created_at: Date | string
  status: string
  email: string | null
  currency_code: string
  summary?: { current_order_total?: number | string | null } | null
  items?: {
    title: string
    product_title?: string | null
    variant_sku?: string | null
    quantity: number | string
    unit_price: number | string
  }[]
}

async function orderPage(
  container: MedusaContainer,
  caller: Caller,
  page: PageOf
) {
  const { data } = await container
    .resolve(ContainerRegistrationKeys.QUERY)
    .graph({
      entity: "order",
      fields: [
        "id",
        "display_id",
        "created_at",
        "status",
        "email",
        "currency_code",
        "summary.*",
        "items.*",
      ],
      filters: ordersOf(caller),
      pagination: { ...page, order: { created_at: "DESC", id: "DESC" } },
    })
  return (data as unknown as OrderRow[]).map((row) => ({
    id: row.id,
    display_id: row.display_id,
    created_at: new Date(row.created_at).toISOString(),
    status: row.status,
    email: row.email,
    total: Number(row.summary?.current_order_total ?? 0),
    currency_code: row.currency_code,
    items: (row.items ?? []).map((item) => ({
      title: item.product_title ?? item.title,
      sku: item.variant_sku ?? null,
      quantity: Number(item.quantity),
      unit_price: Number(item.unit_price),
    })),
  }))
}
