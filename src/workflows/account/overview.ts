import type { MedusaContainer } from "@medusajs/framework/types"
import type { SubscriptionSummary } from "../../modules/subscription/queries/summarize-subscriptions"
import type { OverviewIssue, OverviewView } from "../../types/account-http"
import type { SubscriptionView } from "../../types/subscription-http"
import type { Tenant } from "../../types/tenant"
import { portalSessions } from "../portal-sessions/services"
import { listCustomerSubscriptions } from "../subscription-reads/list-subscriptions"
import { scopeOf, subscriptionsOf } from "../subscription-reads/reader"
import { recentOrders } from "./recent-orders"

const CHARGES = 3
const ORDERS = 3
const EVER = new Date(0)

/** Whose home screen it is. */
type Caller = {
  tenant: Tenant
  customer_id: string
  customer: { email: string; has_account: boolean }
  first_name: string | null
}

/**
 * What the home screen of a customer needs, in a number of statements that does
 * not depend on what the customer has. No provider is called.
 */
export async function retrieveOverview(
  container: MedusaContainer,
  caller: Caller
): Promise<OverviewView<Date>> {
  const { customer_id, tenant, customer, first_name } = caller
  const scope = scopeOf(caller)
  const [next, summary, account, orders] = await Promise.all([
    listCustomerSubscriptions(container, scope, {
      // Only what has a next charge, the soonest first.
      filters: { next_charge_from: EVER },
      page: {
        limit: CHARGES,
        offset: 0,
        order: "next_charge_at",
        counted: false,
      },
    }),
    subscriptionsOf(container).summarizeSubscriptions(scope),
    portalSessions(container).summarizeAccount({
      customer_id,
      tenant_id: tenant.id,
    }),
    recentOrders(container, { customer_id, tenant }, ORDERS),
  ])
  const isVerified = account.verified_email === customer.email.toLowerCase()
  return {
    customer: { id: customer_id, first_name, ...customer },
    next_charges: next.subscriptions.flatMap(chargeOf),
    issues: issuesOf(summary, isVerified || !customer.has_account),
    recent_orders: orders.orders,
    counts: {
      orders: orders.count,
      subscriptions: summary.total,
      active_subscriptions: summary.live,
      sessions: account.sessions,
      members: account.members,
      accounts: account.accounts,
    },
  }
}

function chargeOf({
  id,
  items,
  plan,
  next_charge,
}: SubscriptionView<Date>): OverviewView<Date>["next_charges"] {
  if (!next_charge) {
    return []
  }
  const { date, amount, currency_code, is_estimate } = next_charge
  const title = items[0]?.title ?? plan.name
  return [
    { subscription_id: id, title, date, amount, currency_code, is_estimate },
  ]
}

function issuesOf(
  { issues }: SubscriptionSummary,
  isVerified: boolean
): OverviewIssue[] {
  const payments = issues.map(({ id, needs }): OverviewIssue => ({
    type:
      needs === "action" ? "payment_action_required" : "subscription_past_due",
    subscription_id: id,
  }))
  return isVerified ? payments : [...payments, { type: "email_unverified" }]
}
