import { MedusaModule } from "@medusajs/framework/modules-sdk"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import type { MedusaContainer } from "@medusajs/framework/types"
import { migrate } from "@medusajs/medusa/commands/db/migrate"
import { initializeContainer } from "@medusajs/medusa/loaders/index"

/**
 * Migrates the database of `DATABASE_URL` for the store in `directory`: the
 * tables of all modules and of the links between them.
 */
export async function migrateStore(directory: string): Promise<void> {
  const container = await initializeContainer(directory)
  const done = await migrate({
    directory,
    skipLinks: false,
    skipScripts: true,
    skipSearch: true,
    executeAllLinks: true,
    executeSafeLinks: false,
    executeAllSearch: false,
    executeSafeSearch: false,
    logger: container.resolve(ContainerRegistrationKeys.LOGGER),
    container,
  })
  if (!done) {
    throw new Error("The migrations failed")
  }
  MedusaModule.clearInstances()
}

/**
 * Creates the tables of Medusa's search. `medusa db:migrate` does it in another
 * process, because it needs a booted store; give it one here.
 */
export async function migrateSearch(container: MedusaContainer): Promise<void> {
  const search = container.resolve<SearchMigrations | undefined>(
    Modules.SEARCH,
    { allowUnregistered: true }
  )
  if (search) {
    await search.executeIndexMigrationPlan(
      await search.createIndexMigrationPlan()
    )
  }
}

type SearchMigrations = {
  createIndexMigrationPlan(): Promise<unknown[]>
  executeIndexMigrationPlan(plan: unknown[]): Promise<void>
}
