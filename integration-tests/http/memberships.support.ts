import { Modules } from "@medusajs/framework/utils"

import type { EntitlementListResponse } from "../../src/types/memberships-http"
import { ok, runJob, type HttpClient } from "../helpers"
import type { PortalTestApp } from "../helpers/app"

export type MembershipRow = {
  customer_id: string
  group_id: string
  status: string
  subscription_id: string
}

let serial = 0

/** Groups, who is in them, and the job; for the specs of memberships. */
export function membershipSuite(app: PortalTestApp) {
  const customers = () => app.container().resolve(Modules.CUSTOMER)
  return {
    customers,
    group: async (): Promise<string> =>
      (await customers().createCustomerGroups({ name: `club-${++serial}` })).id,
    /** Rows that put a customer into a group: one of ours, others by hand. */
    links: (customer_id: string, customer_group_id: string) =>
      customers().listCustomerGroupCustomers({
        customer_id,
        customer_group_id,
      }),
    rows: (customer_id: string) =>
      app.db<MembershipRow>(
        `select customer_id, group_id, status, subscription_id
           from portal_membership where customer_id = ? order by group_id`,
        [customer_id]
      ),
    reconcile: async (admin: HttpClient) =>
      (
        await runJob<{ counts: Record<string, number> }>(
          admin,
          "reconcile-memberships"
        )
      ).counts,
    entitlements: async (api: HttpClient) =>
      ok(await api.get<EntitlementListResponse>("/store/portal/entitlements"))
        .entitlements,
    /** A price of a product for one group, as an admin makes it. */
    groupPrice: async (
      admin: HttpClient,
      input: { group: string; sku: string; amount: number }
    ) =>
      ok(
        await admin.post("/admin/price-lists", {
          title: `Members ${++serial}`,
          description: "Members",
          type: "override",
          status: "active",
          rules: { "customer.groups.id": [input.group] },
          prices: [
            {
              currency_code: "eur",
              amount: input.amount,
              variant_id: app.seed.variants[input.sku]?.id,
            },
          ],
        })
      ),
    /** What one of a product costs in a new cart. */
    priceFor: async (api: HttpClient, sku: string): Promise<number> => {
      const region = app.seed.regions.eur?.id
      const { cart } = ok(
        await api.post<{ cart: { id: string } }>("/store/carts", {
          region_id: region,
        })
      )
      const filled = ok(
        await api.post<{ cart: { items: { unit_price: number }[] } }>(
          `/store/carts/${cart.id}/line-items`,
          { variant_id: app.seed.variants[sku]?.id, quantity: 1 }
        )
      )
      return filled.cart.items[0]?.unit_price ?? Number.NaN
    },
  }
}
