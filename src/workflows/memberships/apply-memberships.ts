import type { MedusaContainer } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type {
  ClaimedMembership,
  SettledMembership,
} from "../../modules/subscription/queries/memberships"

/**
 * Does what was written down: puts customers into groups and takes them out, some
 * statements for a whole batch. Each membership is one row with an id of ours:
 * where it is there already it is not written again, and what the merchant wrote
 * for the same customer and group is another row, which stays.
 */
export async function applyMemberships(
  container: MedusaContainer,
  claimed: ClaimedMembership[]
): Promise<SettledMembership[]> {
  const customers = container.resolve(Modules.CUSTOMER)
  const leaving = claimed.filter(({ status }) => status === "leaving")
  if (leaving.length) {
    await customers.removeCustomerFromGroup(leaving.map(rowOf))
  }
  const joining = claimed.filter(({ status }) => status === "joining")
  const { written, possible } = await lookUp(container, joining)
  const missing = joining.filter(
    (one) => possible(one) && !written.has(one.link_id)
  )
  if (missing.length) {
    await customers.addCustomerToGroup(missing.map(rowOf))
  }
  return claimed.map((one) => ({
    id: one.id,
    did: one.status === "joining" && !possible(one) ? "gone" : one.status,
  }))
}

/** The row in Medusa's table. Its type knows no id, and the module takes one. */
function rowOf({ link_id, customer_id, group_id }: ClaimedMembership) {
  return { id: link_id, customer_id, customer_group_id: group_id }
}

/** Which rows are there already, and which can be: customers and groups go. */
async function lookUp(
  container: MedusaContainer,
  joining: ClaimedMembership[]
): Promise<{
  written: ReadonlySet<string>
  possible: (one: ClaimedMembership) => boolean
}> {
  if (!joining.length) {
    return { written: new Set(), possible: () => true }
  }
  const service = container.resolve(Modules.CUSTOMER)
  const take = joining.length
  const [rows, customers, groups] = await Promise.all([
    service.listCustomerGroupCustomers(
      { id: joining.map(({ link_id }) => link_id) },
      { take }
    ),
    service.listCustomers(
      { id: joining.map(({ customer_id }) => customer_id) },
      { select: ["id"], take }
    ),
    service.listCustomerGroups(
      { id: joining.map(({ group_id }) => group_id) },
      { select: ["id"], take }
    ),
  ])
  const known = new Set([...customers, ...groups].map(({ id }) => id))
  return {
    written: new Set(rows.map(({ id }) => id)),
    possible: ({ customer_id, group_id }) =>
      known.has(customer_id) && known.has(group_id),
  }
}
