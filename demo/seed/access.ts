import {
  createApiKeysWorkflow,
  createUserAccountWorkflow,
  linkSalesChannelsToApiKeyWorkflow,
} from "@medusajs/medusa/core-flows"
import type { MedusaContainer } from "@medusajs/framework/types"
import { ApiKeyType, Modules } from "@medusajs/framework/utils"

import { find, first } from "./lookup"

export const ADMIN = { email: "admin@demo.test", password: "demo1234!" }

const KEY_TITLE = "Storefront"

/** The publishable key a storefront sends. Answers the token. */
export async function seedPublishableKey(
  container: MedusaContainer,
  salesChannelId: string
): Promise<string> {
  const existing = await find<{ token: string }>(
    container,
    "api_key",
    ["token"],
    { title: KEY_TITLE, type: ApiKeyType.PUBLISHABLE, revoked_at: null }
  )
  if (existing[0]) {
    return existing[0].token
  }
  const { result } = await createApiKeysWorkflow(container).run({
    input: {
      api_keys: [
        { title: KEY_TITLE, type: ApiKeyType.PUBLISHABLE, created_by: "seed" },
      ],
    },
  })
  const key = first(result, "publishable key")
  await linkSalesChannelsToApiKeyWorkflow(container).run({
    input: { id: key.id, add: [salesChannelId] },
  })
  return key.token
}

/** A merchant's login for the admin. */
export async function seedAdmin(container: MedusaContainer): Promise<void> {
  const existing = await find<{ id: string }>(container, "user", ["id"], {
    email: ADMIN.email,
  })
  if (existing[0]) {
    return
  }
  const { success, authIdentity, error } = await container
    .resolve(Modules.AUTH)
    .register("emailpass", { body: ADMIN })
  if (!success || !authIdentity) {
    throw new Error(`The seed could not register the admin: ${error}`)
  }
  await createUserAccountWorkflow(container).run({
    input: {
      authIdentityId: authIdentity.id,
      userData: { email: ADMIN.email, first_name: "Ada", last_name: "Admin" },
    },
  })
}
