import type { MedusaContainer } from "@medusajs/framework/types"
import loadStore from "@medusajs/medusa/loaders/index"

export type BootedStore = {
  container: MedusaContainer
  shutdown(): Promise<void>
}

/**
 * Boots the store in `directory` without HTTP: modules, links, workflows and
 * subscribers. Much faster than a server, and enough to seed or to run a job.
 */
export async function bootStore(directory: string): Promise<BootedStore> {
  const { container, shutdown } = await loadStore({
    directory,
    // Not used when no entry point is loaded.
    expressApp: undefined as never,
    skipLoadingEntryPoints: true,
  })
  return { container, shutdown }
}
