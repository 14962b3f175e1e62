import type {
  IStoreModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import type { Branding } from "../../types/tenant"

/** The branding, with the name of the store in Medusa where it has none. */
export async function shopName(
  container: MedusaContainer,
  branding: Branding
): Promise<Branding> {
  if (branding.name) {
    return branding
  }
  const stores = container.resolve<IStoreModuleService>(Modules.STORE)
  const [store] = await stores.listStores({}, { select: ["name"], take: 1 })
  return { ...branding, name: store?.name ?? "" }
}
