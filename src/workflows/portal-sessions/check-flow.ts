import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { portalError } from "../../errors/portal-error"
import { SUBSCRIPTION_MODULE } from "../../modules/subscription"
import type SubscriptionModuleService from "../../modules/subscription/service"
import type { FlowObject, PortalFlow } from "../../types/portal-session"
import type { Tenant } from "../../types/tenant"
import { FLOWS, flowObject } from "./scopes"

type Owner = { customer_id: string; tenant: Tenant }
type OwnershipCheck = (
  container: MedusaContainer,
  id: string,
  owner: Owner
) => Promise<boolean>

/**
 * Whether an object is the customer's, in the tenant's sales channels. Kinds that
 * are missing belong to features that the plugin does not have yet: their flows
 * are refused.
 */
const OWNERSHIP: Partial<Record<FlowObject, OwnershipCheck>> = {
  subscription_id: async (container, id, { customer_id, tenant }) => {
    const found = await container
      .resolve<SubscriptionModuleService>(SUBSCRIPTION_MODULE)
      .listPortalSubscriptions(
        {
          id: [id],
          customer_id,
          ...(tenant.sales_channel_ids && {
            sales_channel_id: tenant.sales_channel_ids,
          }),
        },
        { select: ["id"], take: 1 }
      )
    return found.length === 1
  },
  order_id: async (container, id, { customer_id, tenant }) => {
    const { data } = await container
      .resolve(ContainerRegistrationKeys.QUERY)
      .graph({
        entity: "order",
        fields: ["id"],
        filters: {
          id: [id],
          customer_id,
          ...(tenant.sales_channel_ids && {
            sales_channel_id: tenant.sales_channel_ids,
          }),
        },
      })
    return data.length === 1
  },
}

/**
 * Whether a flow is possible for a customer: it names the object that it is
 * about, no other, and that object is the customer's. Asked when a link is made
 * and again when it is opened.
 */
export async function isFlowPossible(
  container: MedusaContainer,
  flow: PortalFlow | null,
  owner: Owner
): Promise<boolean> {
  if (!flow) {
    return true
  }
  const { object } = FLOWS[flow.type]
  const named = Object.keys(flow.data)
  if (!object) {
    return named.length === 0
  }
  const id = flowObject(flow)?.id
  const check = OWNERSHIP[object]
  return (
    named.length === 1 &&
    id !== undefined &&
    check !== undefined &&
    (await check(container, id, owner))
  )
}

/**
 * Refuses a flow that is not possible: the same for what is somebody else's and
 * for what does not exist.
 *
 * @throws `flow_invalid` (400)
 */
export async function requireFlow(
  container: MedusaContainer,
  flow: PortalFlow | null,
  owner: Owner
): Promise<void> {
  if (!(await isFlowPossible(container, flow, owner))) {
    throw portalError("flow_invalid")
  }
}
