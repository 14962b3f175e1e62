import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { migrate } from "@medusajs/medusa/commands/db/migrate"
import { initializeContainer } from "@medusajs/medusa/loaders/index"

/**
 * Migrates the database of `DATABASE_URL` for the store in `directory`: tables
 * of all modules and of the links between them.
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
    logger: container.resolve(ContainerRegistrationKeys.LOGGER),
    container,
  })
  if (!done) {
    throw new Error("Migrations failed")
  }
}
