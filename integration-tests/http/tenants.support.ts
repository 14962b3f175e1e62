import type {
  IApiKeyModuleService,
  ISalesChannelModuleService,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import type { StoreSeed } from "../../demo/seed"
import type { HttpClient, PortalTestApp } from "../helpers"

const { salesChannelId } = JSON.parse(
  process.env.PORTAL_SEED ?? "{}"
) as Partial<StoreSeed>

/** Channels that `openShops` makes. The options name them before they are there. */
const CHANNEL_B = "sc_tenants_b"
const CHANNEL_NOBODY = "sc_tenants_nobody"

/** The plugin's options of a store with two brands, `a` and `b`. */
export const TWO_TENANTS = {
  tenants: [
    {
      id: "a",
      salesChannelIds: [salesChannelId],
      portalUrl: "https://a.test/account",
    },
    {
      id: "b",
      salesChannelIds: [CHANNEL_B],
      portalUrl: "https://b.test/account",
    },
  ],
}

/** Publishable keys of the shops, and of what belongs to none or to both. */
export type Shops = {
  channels: { a: string; b: string }
  keys: { a: string; b: string; both: string; nobody: string }
  /** A caller, in the shop of `b`. */
  atB(api: HttpClient): HttpClient
}

/** Opens the second shop. Shop `a` is the seeded one. */
export async function openShops(app: PortalTestApp): Promise<Shops> {
  const container = app.container()
  await container
    .resolve<ISalesChannelModuleService>(Modules.SALES_CHANNEL)
    .createSalesChannels([
      // Its type has no id; the module takes one.
      ...[CHANNEL_B, CHANNEL_NOBODY].map((id) => ({ id, name: id })),
    ])
  const keyOf = async (title: string, channels: string[]) => {
    const key = await container
      .resolve<IApiKeyModuleService>(Modules.API_KEY)
      .createApiKeys({ title, type: "publishable", created_by: "test" })
    await container.resolve(ContainerRegistrationKeys.LINK).create(
      channels.map((sales_channel_id) => ({
        [Modules.API_KEY]: { publishable_key_id: key.id },
        [Modules.SALES_CHANNEL]: { sales_channel_id },
      }))
    )
    return key.token
  }
  const a = app.seed.salesChannelId
  const keys = {
    a: app.seed.publishableKey,
    b: await keyOf("Shop b", [CHANNEL_B]),
    both: await keyOf("Both", [a, CHANNEL_B]),
    nobody: await keyOf("Nobody", [CHANNEL_NOBODY]),
  }
  return {
    channels: { a, b: CHANNEL_B },
    keys,
    atB: (api) => api.with({ "x-publishable-api-key": keys.b }),
  }
}
