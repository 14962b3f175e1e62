import type { EntitlementListResponse } from "../../src/types/memberships-http"
import { expectSame, there } from "../checks"
import { get, post, type Stage } from "./stage"
import type { Plans } from "./plans"

const GROUP = "Coffee club"

/** The merchant makes the subscribers of the coffee members of a club. */
export async function joinTheClub(stage: Stage, plans: Plans): Promise<void> {
  const { admin, shop, story } = stage
  story.chapter("Subscribers of the coffee become members of a club")
  const { customer_groups: known } = await admin.admin.customerGroup.list({
    name: GROUP,
  })
  const group =
    known[0] ??
    (await admin.admin.customerGroup.create({ name: GROUP })).customer_group
  await post(admin, `/admin/subscription-plans/${plans.coffee.id}`, {
    customer_group_id: group.id,
    entitlements: [{ key: "brewing-guides", name: "Brewing guides" }],
  })
  // It runs each minute; the demo does not wait.
  await post(admin, "/admin/portal/jobs/reconcile-memberships/run")

  const { customer } = await shop.store.customer.retrieve()
  const { customers } = await admin.admin.customer.list({
    groups: [group.id],
    limit: 100,
  })
  expectSame(
    "Clara in the club",
    customers.some(({ id }) => id === customer.id),
    true
  )
  const { entitlements } = await get<EntitlementListResponse>(
    shop,
    "/store/portal/entitlements"
  )
  const guides = there(
    "What the subscription opens",
    entitlements.find(({ key }) => key === "brewing-guides")
  )
  story.table([
    ["Customer group", `${GROUP}: its prices and promotions are hers now`],
    ["It opens", `${guides.name ?? guides.key}, as long as it renews`],
  ])
}
